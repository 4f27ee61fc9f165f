package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the package starts, waits and stops.
class StartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private EmbeddedPostgres postgres;
    private Process service;
    private Path log;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        postgres = EmbeddedPostgres.start();
        log = folder.resolve("log");
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void end() throws IOException {
        if (service != null) {
            service.destroyForcibly();
        }
        postgres.close();
        client.close();
    }

    @Test
    void waitsForTheMigrationJobAndSaysSo() throws Exception {
        service = Packaged.start(settings("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false"), log.toFile());
        await("/q/health/live", 200);
        assertEquals(503, get("/q/health/started").statusCode());
        assertThat(get("/q/health/ready").body(), containsString("missing table"));
        var early = get("/users");
        assertEquals(503, early.statusCode());
        assertEquals("1", early.headers().firstValue("Retry-After").orElseThrow());

        // As many pods would if each had its own: one of them migrates, the others find it done.
        var job = settings("QUARKUS_INIT_AND_EXIT", "true");
        for (var process : List.of(Packaged.start(job), Packaged.start(job), Packaged.start(job))) {
            var output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), output);
        }

        await("/q/health/started", 200);
        await("/q/health/ready", 200);
        assertEquals(200, get("/users").statusCode());
        // The lock was a session's, which ends with the process, and not a row, which would stay.
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var row = connection.createStatement().executeQuery("select to_regclass('databasechangeloglock')")) {
            assertTrue(row.next());
            assertNull(row.getString(1));
        }
    }

    @Test
    void startsWithoutItsDatabaseAndTellsNobodyWhereThatIs() throws Exception {
        var settings = settings("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false");
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:1/nowhere");
        service = Packaged.start(settings, log.toFile());
        await("/q/health/live", 200);
        var health = get("/q/health/ready");
        assertEquals(503, health.statusCode());
        assertThat(health.body(), containsString("the database does not answer"));
        assertTrue(!health.body().contains("localhost"), health.body());
        assertEquals(503, get("/users").statusCode());
    }

    @Test
    void logsOneJsonObjectALine() throws Exception {
        service = Packaged.start(settings("BYLINE_LOG_SQL_LEVEL", "DEBUG"), log.toFile());
        await("/q/health/started", 200);
        get("/users");
        stop();
        var lines = Files.readAllLines(log);
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
        var settings = settings("QUARKUS_SHUTDOWN_DELAY", "1s");
        settings.put("QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_OPTIONS", "-c lock_timeout=30s");
        service = Packaged.start(settings, log.toFile());
        await("/q/health/started", 200);
        // A statement that is on its way at SIGTERM: the insert waits for a lock that the test holds.
        try (var holder = postgres.getPostgresDatabase().getConnection();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table users in share mode");
            var request = HttpRequest.newBuilder(uri("/users"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + Tokens.admin())
                    .POST(BodyPublishers.ofString("{\"name\":\"Ada\"}"))
                    .build();
            var answer = client.sendAsync(request, BodyHandlers.ofString());
            awaitWaitingStatement(statement);
            service.destroy();
            await("/q/health/ready", 503);
            holder.commit();
            assertEquals(201, answer.get(10, TimeUnit.SECONDS).statusCode());
        }
        assertTrue(service.waitFor(20, TimeUnit.SECONDS));
    }

    /// Until another session waits for a lock that this one holds.
    private static void awaitWaitingStatement(Statement statement) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        boolean waiting = false;
        while (!waiting) {
            assertTrue(Instant.now().isBefore(deadline), "no statement waits");
            Thread.sleep(20);
            try (var rows = statement.executeQuery("select from pg_locks where not granted")) {
                waiting = rows.next();
            }
        }
    }

    private void stop() throws InterruptedException {
        service.destroy();
        assertTrue(service.waitFor(20, TimeUnit.SECONDS));
    }

    private Map<String, String> settings(String name, String value) {
        var settings = new HashMap<>(Tokens.environment());
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres"));
        settings.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        settings.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        settings.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        settings.put(name, value);
        return settings;
    }

    private void await(String path, int status) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        var answered = 0;
        while (answered != status) {
            assertTrue(Instant.now().isBefore(deadline), path + " answers " + answered + ": " + Files.readString(log));
            Thread.sleep(100);
            try {
                answered = get(path).statusCode();
            } catch (IOException notListening) {
                answered = 0;
            }
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
