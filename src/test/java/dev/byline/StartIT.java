package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the package starts, waits and stops.
class StartIT {

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private Service service;

    @BeforeEach
    void prepare() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterEach
    void end() throws IOException {
        if (service != null) {
            service.close();
        }
        postgres.close();
    }

    private void start(Map<String, String> settings) throws IOException {
        service = new Service(folder, url(), settings);
    }

    private String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Test
    void waitsForTheMigrationJobAndSaysSo() throws Exception {
        start(Map.of("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false"));
        service.await("/q/health/live", 200);
        assertEquals(503, service.get("/q/health/started").statusCode());
        assertThat(service.get("/q/health/ready").body(), containsString("QUARKUS_INIT_AND_EXIT=true"));
        var early = service.get("/users");
        assertEquals(503, early.statusCode());
        assertEquals("1", early.headers().firstValue("Retry-After").orElseThrow());

        // As many pods would if each had its own: one of them migrates, the others find it done.
        var job = Map.of("QUARKUS_INIT_AND_EXIT", "true");
        try (var one = new Service(folder, url(), job);
                var two = new Service(folder, url(), job);
                var three = new Service(folder, url(), job)) {
            for (var migration : List.of(one, two, three)) {
                assertEquals(0, migration.exitStatus(), migration.log());
            }
        }

        service.await("/q/health/started", 200);
        service.await("/q/health/ready", 200);
        assertEquals(200, service.get("/users").statusCode());
        // The lock was a session's, which ends with the process, and not a row, which would stay.
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var row = connection.createStatement().executeQuery("select to_regclass('databasechangeloglock')")) {
            assertTrue(row.next());
            assertNull(row.getString(1));
        }
    }

    @Test
    void startsWithoutItsDatabaseAndTellsNobodyWhereThatIs() throws Exception {
        service = new Service(
                folder, "jdbc:postgresql://localhost:1/nowhere", Map.of("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false"));
        service.await("/q/health/live", 200);
        var health = service.get("/q/health/ready");
        assertEquals(503, health.statusCode());
        assertThat(health.body(), containsString("The database does not answer."));
        assertTrue(!health.body().contains("localhost"), health.body());
        assertEquals(503, service.get("/users").statusCode());
    }

    @Test
    void saysWhenTheDatabaseDoesNotKnowTheCapitalsOfAllLetters() throws Exception {
        for (var locale : List.of("C", "C.UTF-8")) {
            var name = locale.equals("C") ? "ascii" : "unicode";
            try (var connection = DriverManager.getConnection(url());
                    var statement = connection.createStatement()) {
                statement.execute(
                        "create database " + name + " template template0 encoding 'UTF8' locale '" + locale + "'");
            }
            try (var started = new Service(folder, postgres.getJdbcUrl("postgres", name), Map.of())) {
                started.await("/q/health/ready", 200);
                assertEquals(
                        201, started.post("/users", "{\"name\":\"\u00c9mile\"}").statusCode());
                boolean folds =
                        started.get("/users?name:contains=%C3%A9mi").body().contains("mile");
                assertEquals(!locale.equals("C"), folds);
                assertEquals(
                        !folds, started.log().contains("has a locale without capitals beyond ASCII"), started.log());
            }
        }
    }

    @Test
    void logsOneJsonObjectALine() throws Exception {
        start(Map.of("BYLINE_LOG_SQL_LEVEL", "DEBUG"));
        service.await("/q/health/started", 200);
        service.get("/users");
        service.terminate();
        service.exitStatus();
        var lines = service.log().lines().toList();
        assertTrue(lines.size() > 3, lines::toString);
        for (var line : lines) {
            assertTrue(new ObjectMapper().readTree(line).isObject(), line);
        }
        assertTrue(
                lines.stream().anyMatch(line -> line.contains("from users") && line.contains("requestId")),
                lines::toString);
    }

    @Test
    void finishesWhatItHasAcceptedWhenItIsToldToStop() throws Exception {
        start(Map.of(
                "QUARKUS_SHUTDOWN_DELAY",
                "1s",
                "QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_OPTIONS",
                "-c lock_timeout=30s"));
        service.await("/q/health/started", 200);
        // A statement that is on its way at SIGTERM: the insert waits for a lock that the test holds.
        try (var holder = postgres.getPostgresDatabase().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table users in share mode");
            var answer = CompletableFuture.supplyAsync(() -> postUser());
            awaitWaitingStatement(statement, answer);
            service.terminate();
            service.await("/q/health/ready", 503);
            holder.commit();
            assertEquals(201, answer.get(10, TimeUnit.SECONDS));
        }
        service.exitStatus();
    }

    private int postUser() {
        try {
            return service.post("/users", "{\"name\":\"Ada\"}").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Until another session waits for a lock that this one holds.
    private static void awaitWaitingStatement(Statement statement, Future<Integer> answer) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        boolean waiting = false;
        while (!waiting) {
            assertTrue(!answer.isDone(), () -> "it did not wait: " + answer.resultNow());
            assertTrue(Instant.now().isBefore(deadline), "no statement waits");
            Thread.sleep(20);
            try (var rows = statement.executeQuery("select from pg_locks where not granted")) {
                waiting = rows.next();
            }
        }
    }
}
