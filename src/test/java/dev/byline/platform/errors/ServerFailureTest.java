package dev.byline.platform.errors;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import dev.byline.OnlyOn;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failures that are the server's: what the client learns, and what the log keeps.
@OnlyOn(value = POSTGRESQL, because = "failures that triggers and locks of rows cause, in the SQL of PostgreSQL")
@QuarkusTest
class ServerFailureTest {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Inject
    AgroalDataSource dataSource;

    private final List<ExtLogRecord> logged = new CopyOnWriteArrayList<>();

    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            var copy = ExtLogRecord.wrap(entry);
            copy.copyMdc(); // it belongs to the thread that logs
            logged.add(copy);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(recorder);
    }

    @Test
    void turnsClientsAwayForAMomentWhenEveryConnectionIsInUse() throws SQLException {
        var held = new ArrayList<Connection>();
        try {
            while (dataSource.getMetrics().availableCount() > 0 || held.size() < 12) {
                held.add(dataSource.getConnection());
            }
            request()
                    .header("X-Request-Id", "saturated")
                    .get("/users")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("type", is("/problems/unavailable"))
                    .body("detail", is("Every connection to the database is in use"))
                    .body("requestId", is("saturated"));
            operator().get("/q/health/ready").then().statusCode(200);
        } finally {
            for (var connection : held) {
                connection.close();
            }
        }
        request().get("/users").then().statusCode(200);
        assertLoggedOnce("saturated");
    }

    @Test
    void doesNotWaitLongForARowThatSomebodyElseHasLocked() throws SQLException {
        long user = Given.user();
        try (var holder = dataSource.getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from users where id = " + user + " for update");
            json(Map.of("age", 1))
                    .header("X-Request-Id", "locked")
                    .patch("/users/" + user)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "1")
                    .body("detail", is("Other writers hold the row"));
            request().get("/users/" + user).then().statusCode(200);
            holder.rollback();
            holder.setAutoCommit(true);
        }
        json(Map.of("age", 1)).patch("/users/" + user).then().statusCode(200);
        assertLoggedOnce("locked");
    }

    @Test
    void lendsNoConnectionThatHasDied() throws SQLException, InterruptedException {
        request().get("/users").then().statusCode(200);
        execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                + " and datname = current_database() and backend_type = 'client backend'");
        Thread.sleep(1500); // longer than the foreground validation lets a connection idle untried
        for (int i = 0; i < 20; i++) {
            request().get("/users").then().statusCode(200);
        }
    }

    @Test
    void tellsTheRequestIdButNotTheCauseOfAnUnexpectedFailure() throws SQLException {
        var title = "Fails " + UUID.randomUUID();
        long user = Given.user();
        execute("""
                create function fail_for_test() returns trigger language plpgsql as
                $$ begin raise exception 'secret of the server' using errcode = 'XX000'; end $$""");
        execute("create trigger fail_for_test before insert on posts for each row when (new.title = '" + title
                + "') execute function fail_for_test()");
        try {
            json(Map.of("title", title, "content", "x", "userId", user))
                    .header("X-Request-Id", "unexpected")
                    .post("/posts")
                    .then()
                    .statusCode(500)
                    .body("type", is("/problems/internal"))
                    .body("requestId", is("unexpected"))
                    .body("detail", nullValue())
                    .body(not(containsString("secret")));
        } finally {
            execute("drop trigger fail_for_test on posts");
            execute("drop function fail_for_test()");
        }
        assertLoggedOnce("unexpected");
    }

    private void assertLoggedOnce(String requestId) {
        assertEquals(
                1,
                logged.stream()
                        .filter(entry -> requestId.equals(entry.getMdc("requestId")))
                        .count());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void saysThatAQueryTookTooLong() throws SQLException {
        Given.post(Given.user());
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            var definition = statement.executeQuery("select pg_get_functiondef('search_query(text)'::regprocedure)");
            definition.next();
            var original = definition.getString(1);
            try {
                statement.execute("""
                        create or replace function search_query(text) returns tsquery language plpgsql as
                        $$ begin perform pg_sleep(30); return null; end $$""");
                request()
                        .get("/posts?q=anything")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", is("1"))
                        .body(
                                "detail",
                                containsString("The query took too long and was cancelled: ask for fewer rows"));
            } finally {
                statement.execute(original);
            }
        }
    }
}
