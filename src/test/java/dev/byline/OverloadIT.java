package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More requests than the service can work on. A lock on the table makes each of them last as long as the test wants.
class OverloadIT {

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private Postgres postgres;
    private Service service;
    private Connection lock;

    @BeforeEach
    void prepare() throws Exception {
        postgres = new Postgres(folder);
    }

    @AfterEach
    void end() throws Exception {
        service.close();
        lock.close();
        clients.close();
        postgres.close();
    }

    private void start(Map<String, String> settings) throws Exception {
        var all = new HashMap<>(settings);
        all.put("QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_OPTIONS", "-c lock_timeout=60s");
        all.put("QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SOCKETTIMEOUT", "60");
        all.put("QUARKUS_TRANSACTION_MANAGER_DEFAULT_TRANSACTION_TIMEOUT", "60s");
        service = new Service(folder, postgres.url(), all);
        service.await("/q/health/ready", 200);
        lock = postgres.connect();
        lock.setAutoCommit(false);
        lock("lock table users");
    }

    private void lock(String sql) throws SQLException {
        try (var statement = lock.createStatement()) {
            statement.execute(sql);
        }
    }

    private Future<HttpResponse<String>> read() {
        return clients.submit(() -> service.get("/users"));
    }

    @Test
    void refusesAtOnceWhatIsBeyondItsBoundsAndGoesOnWithTheRest() throws Exception {
        start(Map.of("BYLINE_HTTP_MAX_RUNNING", "2", "BYLINE_HTTP_MAX_WAITING", "2", "BYLINE_HTTP_MAX_WAIT", "60s"));
        var accepted = new ArrayList<Future<HttpResponse<String>>>();
        for (int i = 0; i < 4; i++) {
            accepted.add(read());
        }
        await("byline_requests_running", running -> running == 2);
        await("byline_requests_waiting", waiting -> waiting == 2);

        var refused = service.get("/users");
        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(refused.body(), containsString("Too many requests came before this one"));
        assertEquals(200, service.get("/q/health/ready").statusCode());

        lock.rollback();
        for (var answer : accepted) {
            assertEquals(200, answer.get(60, TimeUnit.SECONDS).statusCode());
        }
        await("byline_requests_running", running -> running == 0);
        assertEquals(200, service.get("/users").statusCode());
    }

    @Test
    void refusesWhatHasWaitedForTooLong() throws Exception {
        start(Map.of("BYLINE_HTTP_MAX_RUNNING", "1"));
        var first = read();
        await("byline_requests_running", running -> running == 1);
        assertEquals(503, read().get(60, TimeUnit.SECONDS).statusCode());
        lock.rollback();
        assertEquals(200, first.get(60, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void forgetsClientsThatHaveGoneWhileTheyWaited() throws Exception {
        start(Map.of("BYLINE_HTTP_MAX_RUNNING", "1", "BYLINE_HTTP_MAX_WAIT", "60s"));
        var first = read();
        await("byline_requests_running", running -> running == 1);
        var uri = service.uri("/users");
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("GET /users HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await("byline_requests_waiting", waiting -> waiting == 1);
        }
        await("byline_requests_waiting", waiting -> waiting == 0);
        lock.rollback();
        assertEquals(200, first.get(60, TimeUnit.SECONDS).statusCode());
        assertEquals(200, service.get("/users").statusCode());
    }

    /// Fifty clients for each connection, all at once, while the database stands still, and when it goes on.
    @Test
    void answersEveryoneAndStaysHealthyWithFiftyTimesMoreClientsThanConnections() throws Exception {
        start(Map.of("BYLINE_HTTP_MAX_WAITING", "200"));
        var answers = new ArrayList<Future<HttpResponse<String>>>();
        for (int i = 0; i < 600; i++) {
            answers.add(read());
        }
        await("byline_requests_refused_total", refused -> refused > 300);
        assertEquals(200, service.get("/q/health/ready").statusCode());
        lock.rollback();
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get(60, TimeUnit.SECONDS).statusCode());
        }
        assertTrue(statuses.stream().allMatch(List.of(200, 503)::contains), statuses::toString);
        await("byline_requests_running", running -> running == 0);
        await("byline_requests_waiting", waiting -> waiting == 0);
        assertEquals(200, service.get("/users").statusCode());
    }

    private void await(String metric, IntPredicate wanted) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(Service.PATIENCE);
        while (!wanted.test(metric(metric))) {
            assertTrue(Instant.now().isBefore(deadline), metric + " is " + metric(metric));
            Thread.sleep(50);
        }
    }

    private int metric(String name) throws IOException, InterruptedException {
        var sample = Pattern.compile("^" + name + "(\\{.*})? ([\\d.]+)$", Pattern.MULTILINE)
                .matcher(service.get("/q/metrics").body());
        assertTrue(sample.find(), name);
        return (int) Double.parseDouble(sample.group(2));
    }
}
