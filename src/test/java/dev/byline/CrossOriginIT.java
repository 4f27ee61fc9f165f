package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With CORS on, a page of an allowed origin can read every answer and each of its headers, and others get none.
class CrossOriginIT {

    private static final String ORIGIN = "https://app.example";

    /// Those that every page may read (Fetch, section 2.2.2), and those that are for the browser itself.
    private static final Set<String> OPEN = Set.of(
            "cache-control",
            "content-language",
            "content-length",
            "content-type",
            "expires",
            "last-modified",
            "pragma",
            "connection",
            "transfer-encoding",
            "content-encoding",
            "content-security-policy",
            "referrer-policy",
            "strict-transport-security",
            "x-content-type-options");

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private static Service service;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        service = new Service(
                folder,
                postgres.url(),
                Map.of(
                        "QUARKUS_HTTP_CORS_ENABLED", "true",
                        "QUARKUS_HTTP_CORS_ORIGINS", ORIGIN,
                        "BYLINE_HTTP_ORIGIN", "https://api.example",
                        "BYLINE_HTTP_MAX_RUNNING", "1",
                        "BYLINE_HTTP_MAX_WAITING", "1",
                        "BYLINE_HTTP_MAX_WAIT", "100ms"));
        service.await("/q/health/ready", 200);
        port = service.uri("/").getPort();
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void letsAPageReadEveryAnswer() throws Exception {
        assertEquals(201, service.post("/users", "{\"name\":\"Ada\"}").statusCode());
        var json = "Content-Type: application/json\r\n";
        assertReadable(200, "GET /users", "Prefer: count=exact\r\n", "");
        assertReadable(200, "GET /users", "Accept: text/csv\r\n", "");
        assertReadable(200, "GET /users/1", "", "");
        assertReadable(200, "GET /q/openapi", "", "");
        assertReadable(204, "OPTIONS /users/1", "", "");
        assertReadable(201, "POST /users", json + "Idempotency-Key: 1\r\n", "{\"name\":\"Ada\"}");
        assertReadable(304, "GET /users/1", "If-None-Match: \"0\"\r\n", "");
        assertReadable(400, "GET /users?name=%ff", "", "");
        assertReadable(400, "GET /users?titel=x", "", "");
        assertReadable(400, "GET /users/1", "If-Match: 1\r\n", "");
        assertReadable(401, "GET /users", "Authorization: Bearer x\r\n", "");
        assertReadable(404, "GET /users/0", "", "");
        assertReadable(404, "GET /nowhere", "", "");
        assertReadable(405, "PUT /users", json, "{}");
        assertReadable(406, "GET /users", "Accept: text/html\r\n", "");
        assertReadable(412, "GET /users/1", "If-Match: \"9\"\r\n", "");
        assertReadable(413, "POST /users", json + "Content-Length: 10000000\r\n", "");
        assertReadable(413, "POST /users", "Content-Type: text/csv\r\nContent-Length: 1000000000000\r\n", "");
        assertReadable(415, "POST /users", "Content-Type: application/json; charset=latin1\r\n", "{}");
        assertReadable(415, "PATCH /users/1", "Content-Type: text/plain\r\n", "x");
        assertReadable(415, "POST /users", json + "Content-Encoding: gzip\r\n", "{}");
        assertReadable(422, "POST /users", json, "{}");
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var busy = new RawClient(port)) {
            connection.setAutoCommit(false);
            statement.execute("lock table users");
            busy.send("GET /users/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            Thread.sleep(300);
            assertReadable(503, "GET /users/1", "", "");
        }
    }

    private static void assertReadable(int status, String request, String headers, String body) throws IOException {
        var token = headers.contains("Authorization") ? "" : "Authorization: Bearer " + Tokens.admin() + "\r\n";
        var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        var answer = RawClient.exchange(
                port,
                request + " HTTP/1.1\r\nHost: x\r\nOrigin: " + ORIGIN + "\r\n" + token + headers + length + "\r\n"
                        + body);
        assertEquals(status, answer.status(), request + " " + answer.text());
        assertEquals(ORIGIN, answer.header("access-control-allow-origin").orElse(""), request);
        assertTrue(answer.header("vary").orElse("").toLowerCase().contains("origin"), request);
        var hidden = new TreeSet<>(answer.headers().keySet());
        hidden.removeAll(exposed(answer));
        hidden.removeAll(OPEN);
        hidden.removeIf(name -> name.startsWith("access-control-"));
        assertEquals(Set.of(), hidden, request);
    }

    private static Set<String> exposed(RawAnswer answer) {
        return Arrays.stream(answer.header("access-control-expose-headers")
                        .orElse("")
                        .split(",\\s*"))
                .map(String::toLowerCase)
                .collect(Collectors.toSet());
    }

    @Test
    void exposesEveryHeaderThatTheDocumentKnows() throws Exception {
        var document = new ObjectMapper()
                .readTree(service.get("/q/openapi?format=json").body());
        // What the description says of every answer, and the headers of certain ones.
        var described = new TreeSet<>(List.of("x-request-id", "server-timing", "ratelimit", "ratelimit-policy"));
        document.at("/components/headers").fieldNames().forEachRemaining(name -> described.add(name.toLowerCase()));
        assertTrue(described.contains("x-total-count"), described::toString);
        described.removeAll(OPEN);
        described.removeAll(
                exposed(RawClient.exchange(port, "GET /users HTTP/1.1\r\nHost: x\r\nOrigin: " + ORIGIN + "\r\n\r\n")));
        assertEquals(Set.of(), described);
    }

    @Test
    void refusesOtherOriginsAndSaysSo() throws IOException {
        for (var origin :
                List.of("https://evil.example", "http://app.example", "https://app.example.evil", "null", "x", "")) {
            for (var request : List.of("GET /users", "DELETE /users/1", "OPTIONS /users", "GET /nowhere")) {
                var answer = RawClient.exchange(
                        port,
                        request + " HTTP/1.1\r\nHost: x\r\nAccess-Control-Request-Method: DELETE\r\nOrigin: " + origin
                                + "\r\n\r\n");
                assertEquals(403, answer.status(), origin);
                assertEquals("application/problem+json", answer.type());
                assertTrue(answer.text().contains("may not use this service from a browser"), answer.text());
                assertTrue(answer.header("access-control-allow-origin").isEmpty());
                assertTrue(answer.header("vary").orElse("").contains("origin"));
            }
        }
    }

    @Test
    void letsItsOwnPagesInBehindAProxyThatEndsTls() throws IOException {
        for (var origin : List.of("https://localhost", "http://localhost", "https://api.example")) {
            var answer = RawClient.exchange(
                    port, "GET /users HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n\r\n");
            assertEquals(200, answer.status(), origin);
        }
        var plain = RawClient.exchange(port, "GET /users HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(plain.header("vary").orElse("").toLowerCase().contains("origin"), plain.headers()::toString);
        assertEquals(
                200, RawClient.exchange(port, "GET /users HTTP/1.0\r\n\r\n").status());
        assertEquals(
                403,
                RawClient.exchange(port, "GET /users HTTP/1.0\r\nOrigin: http://x\r\n\r\n")
                        .status());
    }

    @Test
    void answersThePreflightOfAWrite() throws IOException {
        var answer = RawClient.exchange(
                port,
                "OPTIONS /users/1 HTTP/1.1\r\nHost: x\r\nOrigin: " + ORIGIN
                        + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: authorization,if-match,content-type\r\n\r\n");
        assertEquals(200, answer.status());
        assertEquals(ORIGIN, answer.header("access-control-allow-origin").orElse(""));
        assertTrue(answer.header("access-control-allow-methods").orElse("").contains("PATCH"));
        assertTrue(answer.header("access-control-allow-headers").orElse("").contains("if-match"));
    }
}
