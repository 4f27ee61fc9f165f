package dev.byline.platform.write;

import static dev.byline.Api.json;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.OnlyOn;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the database ends because of others is done again, and what it leaves in the dark is not called done.
@OnlyOn(value = POSTGRESQL, because = "failures that triggers cause, in the language of PostgreSQL")
@QuarkusTest
class ConflictRetryTest {

    @Inject
    AgroalDataSource dataSource;

    private final String title = "Conflicts " + UUID.randomUUID();
    private long user;

    @BeforeEach
    void prepare() throws SQLException {
        user = Given.user();
        execute("create sequence tries_of_test"); // which no rollback turns back
    }

    @AfterEach
    void clean() throws SQLException {
        execute("drop function if exists fail_for_test() cascade");
        execute("drop sequence tries_of_test");
    }

    @ParameterizedTest
    @CsvSource({"40001, before insert", "40P01, before insert", "40001, at commit", "40P01, at commit"})
    void doesATransactionAgainThatLostAgainstAnother(String state, String when) throws SQLException {
        failing(when, "if nextval('tries_of_test') <= 3 then raise 'lost' using errcode = '" + state + "'; end if;");
        post().then().statusCode(201).header("ETag", "\"0\"");
        assertEquals(1, rows());
        assertEquals(4, query("select last_value from tries_of_test"));
    }

    @ParameterizedTest
    @CsvSource({"before insert", "at commit"})
    void givesUpAfterThreeMoreTries(String when) throws SQLException {
        failing(when, "perform nextval('tries_of_test'); raise 'lost' using errcode = '40001';");
        post().then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("type", is("/problems/unavailable"))
                .body("detail", is("Other writers hold the row"));
        assertEquals(0, rows());
        assertEquals(4, query("select last_value from tries_of_test"));
    }

    /// As where another process imports users that keep their ids, after this one has taken a block of ids.
    @Test
    void triesTheNextIdWhereOneIsTaken() throws SQLException {
        long next = Given.user() + 1;
        execute("insert into users (id, name) select i, 'Kept' from generate_series(%d, %d) i on conflict do nothing"
                .formatted(next, next + 48));
        assertTrue(Given.user() > next + 48, "the first id that is free");
    }

    @Test
    void doesNotCallAWriteStoredWhoseCommitNobodyConfirmed() throws SQLException {
        failing("at commit", "perform pg_terminate_backend(pg_backend_pid());");
        post().then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("type", is("/problems/outcome-unknown"))
                .body("requestId", notNullValue());
    }

    @Test
    void knowsThatNothingIsStoredWhenTheConnectionIsLostBeforeTheCommit() throws SQLException {
        failing("before insert", "perform pg_terminate_backend(pg_backend_pid());");
        post().then().statusCode(503).body("type", is("/problems/unavailable"));
        assertEquals(0, rows());
    }

    @Test
    void refusesWhatBreaksARuleOnlyAtTheCommit() throws SQLException {
        failing("at commit", "raise 'broken' using errcode = '23514';");
        post().then().statusCode(409);
        assertEquals(0, rows());
    }

    private Response post() {
        return json(Map.of("title", title, "content", "x", "userId", user)).post("/posts");
    }

    private long rows() throws SQLException {
        return query("select count(*) from posts where title = '" + title + "'");
    }

    private void failing(String when, String body) throws SQLException {
        execute("create function fail_for_test() returns trigger language plpgsql as $$ begin " + body
                + " return new; end $$");
        execute(
                when.equals("at commit")
                        ? "create constraint trigger fail_for_test after insert on posts deferrable initially deferred"
                                + " for each row when (new.title = '" + title + "') execute function fail_for_test()"
                        : "create trigger fail_for_test before insert on posts for each row when (new.title = '" + title
                                + "') execute function fail_for_test()");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long query(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
