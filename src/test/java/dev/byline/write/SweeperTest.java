package dev.byline.write;

import static dev.byline.Api.json;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What has been kept for long enough.
@QuarkusTest
class SweeperTest {

    @Inject
    AgroalDataSource dataSource;

    @Inject
    Sweeper sweeper;

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
