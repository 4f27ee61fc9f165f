package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export that fails after its first bytes are out breaks its connection off: a client cannot take it for the whole.
class BrokenExportIT {

    private static final int ROWS = 300;
    private static final long SEED = 20_261_126;

    @TempDir
    Path folder;

    private Postgres postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = new Postgres(folder);
    }

    @AfterEach
    void end() throws Exception {
        postgres.close();
    }

    @Test
    void breaksOffWhenItsDatabaseSessionIsKilled() throws Exception {
        try (var service = serviceWithPosts(Map.of())) {
            for (var accept : List.of("text/csv", "application/x-ndjson", "text/csv\r\nAccept-Encoding: gzip")) {
                try (var client = begin(service, accept)) {
                    killTheReadingSession();
                    assertBreaksOff(client);
                }
            }
            assertTrue(service.log().contains("An answer was cut off"), service.log());
        }
    }

    /// It waits for more rows to be asked for, when the client has read no more than it could be sent.
    private void killTheReadingSession() throws Exception {
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            int killed = 0;
            for (int tries = 0; killed == 0; tries++) {
                assertTrue(tries < 200, "no session reads");
                try (var rows = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where state like 'idle in transaction%'")) {
                    rows.next();
                    killed = rows.getInt(1);
                }
                Thread.sleep(50);
            }
        }
    }

    @Test
    void breaksOffWhenItTakesTooLong() throws Exception {
        try (var service = serviceWithPosts(Map.of("BYLINE_EXPORT_TIMEOUT", "1s"))) {
            for (var accept : List.of("text/csv", "application/x-ndjson")) {
                try (var client = begin(service, accept)) {
                    Thread.sleep(1_500);
                    assertBreaksOff(client);
                }
            }
        }
    }

    private Service serviceWithPosts(Map<String, String> settings) throws Exception {
        var service = new Service(folder, postgres.url(), settings);
        service.await("/q/health/ready", 200);
        assertEquals(201, service.post("/users", "{\"name\":\"Ada\"}").statusCode());
        var rows = new StringBuilder("title,content\n");
        var random = new Random(SEED);
        for (int i = 0; i < ROWS; i++) {
            rows.append("T,").append(noise(random)).append('\n');
        }
        var imported = service.send("POST", "/users/1/posts", "text/csv", BodyPublishers.ofString(rows.toString()));
        assertEquals(200, imported.statusCode(), imported.body());
        return service;
    }

    /// What gzip can make only half as short.
    private static String noise(Random random) {
        var bytes = new byte[25_000];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// An export of which only the beginning is read.
    private static RawClient begin(Service service, String headers) throws IOException {
        var client = RawClient.withSmallWindow(service.uri("/").getPort());
        client.send("GET /users/1/posts HTTP/1.1\r\nHost: x\r\nAccept: " + headers + "\r\n\r\n");
        assertThat(client.answer(), startsWith("HTTP/1.1 200"));
        return client;
    }

    private static void assertBreaksOff(RawClient client) throws IOException {
        var rest = client.rest();
        assertTrue(rest.length() > 1_000, "the head was out, and more");
        assertFalse(rest.contains("/problems/"), "something was appended");
        assertFalse(rest.endsWith("\r\n0\r\n\r\n"), "ends like a whole body"); // the last chunk
    }
}
