package dev.byline.platform.write;

import static dev.byline.Api.json;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Api;
import dev.byline.OnlyOn;
import dev.byline.Tokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What has been kept for long enough, and what is too much.
@OnlyOn(value = POSTGRESQL, because = "rows that it makes and counts in the SQL of PostgreSQL")
@QuarkusTest
class IdempotencyKeyCleanupTest {

    @Inject
    AgroalDataSource dataSource;

    @Inject
    IdempotencyKeyCleanup sweeper;

    private final String key = UUID.randomUUID().toString();

    @Test
    void removesWhatHasExpiredAndNothingElse() throws SQLException {
        execute("insert into idempotency_keys (caller, key, request, status, headers, created_at)"
                + " select '', '" + key + "-' || n, '', 201, '', now() - interval '25 hours'"
                + " from generate_series(1, 2500) n");
        create("Ada");
        sweeper.sweep();
        assertEquals(0, count("key like '" + key + "-%'"));
        assertEquals(1, count("key = '" + key + "'"));
    }

    @Test
    void doesARequestAgainWhoseAnswerHasExpired() throws SQLException {
        create("Ada");
        execute("update idempotency_keys set created_at = now() - interval '25 hours' where key = '" + key + "'");
        create("Eve");
        assertEquals(1, count("key = '" + key + "'"));
    }

    @Test
    void leavesToOthersWhatTheyAreRemoving() throws SQLException {
        execute("insert into idempotency_keys (caller, key, request, status, headers, created_at)" + " values ('', '"
                + key + "-1', '', 201, '', now() - interval '25 hours')");
        try (var other = dataSource.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("delete from idempotency_keys where key = '" + key + "-1'");
            sweeper.sweep();
            other.rollback();
            other.setAutoCommit(true);
        }
        assertEquals(1, count("key = '" + key + "-1'"));
        sweeper.sweep();
        assertEquals(0, count("key = '" + key + "-1'"));
    }

    @Test
    void keepsTenThousandAnswersOfACaller() throws SQLException {
        var caller = key;
        insert(caller, 10_050, "'x'");
        for (int i = 0; i < 100; i++) {
            as(Tokens.of(caller, "users:write admin"), key + i);
        }
        // 150 too many, of which the oldest are gone.
        assertEquals(10_000, count("subject = '" + caller + "'"));
        assertEquals(0, count("key like '" + caller + "-%' and substr(key, 38)::int <= 150"));
        assertEquals(100, count("subject = '" + caller + "' and body like '%Ada%'"));
    }

    @Test
    void keepsSixtyFourMegabytesOfACaller() throws SQLException {
        var caller = key;
        insert(caller, 80, "repeat('x', 1 << 20)");
        for (int i = 0; i < 100; i++) {
            as(Tokens.of(caller, "users:write admin"), key + i);
        }
        assertEquals(63, count("subject = '" + caller + "' and body like 'x%'"));
        assertEquals(100, count("subject = '" + caller + "' and body like '%Ada%'"));
    }

    @Test
    void removesTheOldestOfAllWhereTheyTakeTooMuch() throws SQLException {
        execute("delete from idempotency_keys where created_at < now() - interval '22 hours'"); // what other tests left
        // No two are alike, so that they cannot be compressed.
        insert(key, 30, "(select string_agg(chr(33 + (random() * 90)::int), '') from generate_series(1, 1 << 17))");
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select sum(500 + octet_length(headers) + coalesce(octet_length(body), 0)) from idempotency_keys")) {
            row.next();
            long most = row.getLong(1) - 10 * (131_072 + 500);
            new IdempotencyKeyCleanup(Duration.ofHours(48), new MemorySize(BigInteger.valueOf(most))).sweep();
        }
        assertEquals(0, count("key like '" + key + "-%' and substr(key, 38)::int <= 10"));
        assertEquals(20, count("key like '" + key + "-%'"));
    }

    /// Answers of this caller, the oldest first, all older than those of the other tests.
    private void insert(String caller, int many, String body) throws SQLException {
        execute(
                "insert into idempotency_keys (caller, issuer, subject, key, request, status, headers, body, created_at)"
                        + " select '" + Tokens.ISSUER + " " + caller + "', '" + Tokens.ISSUER + "', '" + caller + "', '"
                        + key
                        + "-' || n, '', 201, '', " + body + ", now() - interval '23 hours' + n * interval '1 ms'"
                        + " from generate_series(1, " + many + ") n");
    }

    private static void as(String token, String key) {
        Api.as(token)
                .contentType("application/json")
                .body(Map.of("name", "Ada"))
                .header("Idempotency-Key", key)
                .post("/users")
                .then()
                .statusCode(201);
    }

    private void create(String name) {
        json(Map.of("name", name))
                .header("Idempotency-Key", key)
                .post("/users")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .body("name", is(name));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String condition) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from idempotency_keys where " + condition)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
