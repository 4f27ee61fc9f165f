package dev.byline.platform.security;

import static dev.byline.Api.as;
import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the audit log says: what happened, to how many rows, and whether it was kept.
@QuarkusTest
class AuditTest {

    private static final String ROOT = "by root@https://issuer.test";
    private static final Map<String, ?> ADA = Map.of("name", "Ada");

    private AuditLog log;

    @BeforeEach
    void open() {
        log = new AuditLog();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aWriteOfOneRow() throws Exception {
        var created = json(ADA).post("/users");
        var path = created.header("Location");
        assertEquals("POST /users 201 " + ROOT + ", created " + path, line(created));
        assertEquals(
                "PATCH " + path + " 200 " + ROOT + ", changed", line(json(ADA).patch(path)));
        assertEquals(
                "DELETE " + path + " 204 " + ROOT + ", deleted", line(request().delete(path)));
    }

    @Test
    void aRehearsal() throws Exception {
        assertEquals(
                "POST /users 201 " + ROOT + ", rehearsed, nothing kept",
                line(json(ADA).header("Prefer", "tx=rollback").post("/users")));
        assertEquals(
                "POST /users 200 " + ROOT + ", rehearsed with 2 rows, nothing kept",
                line(json(List.of(ADA, ADA)).header("Prefer", "tx=rollback").post("/users")));
    }

    @Test
    void aReplay() throws Exception {
        var key = UUID.randomUUID().toString();
        var first = json(ADA).header("Idempotency-Key", key).post("/users");
        var second = json(ADA).header("Idempotency-Key", key).post("/users");
        assertThat(line(first), endsWith(", created " + first.header("Location")));
        assertEquals("POST /users 201 " + ROOT + ", replayed the answer of an earlier request", line(second));
    }

    @Test
    void manyRows() throws Exception {
        var rows = IntStream.range(0, 30).mapToObj(i -> ADA).toList();
        assertEquals(
                "POST /users 200 " + ROOT + ", 30 rows created", line(json(rows).post("/users")));
    }

    @Test
    void aWriteByFilter() throws Exception {
        long user = Given.user();
        Given.post(user);
        Given.post(user);
        var posts = "/posts?userId=" + user;
        assertEquals(
                "PATCH " + posts + " 200 " + ROOT + ", 2 rows changed",
                line(json(Map.of("title", "B")).patch(posts)));
        assertEquals(
                "DELETE " + posts + " 409 " + ROOT + ", too-many-rows, nothing kept",
                line(request().header("Prefer", "max-affected=1").delete(posts)));
        assertEquals(
                "DELETE " + posts + " 200 " + ROOT + ", 2 rows deleted",
                line(request().delete(posts)));
    }

    @Test
    void noFilterMakesALineLongOrTwo() throws Exception {
        var line = line(request().urlEncodingEnabled(false).delete("/posts?title=%0Ax&title=" + "y".repeat(5000)));
        assertThat(line, startsWith("DELETE /posts?title=%0Ax&title=yyy"));
        assertThat(line.length(), lessThan(1200));
    }

    @Test
    void aWriteThatFails() throws Exception {
        assertEquals(
                "POST /users 422 " + ROOT + ", validation, nothing kept",
                line(json(Map.of("name", "")).post("/users")));
        assertEquals(
                "DELETE /users/0 404 " + ROOT + ", not-found, nothing kept",
                line(request().delete("/users/0")));
    }

    @Test
    void aRefusal() throws Exception {
        assertEquals(
                "DELETE /users/1 403 by eve%0A%22level%22%3A@https://issuer.test,"
                        + " refused: This needs a token with the scope users:write.",
                line(as(Tokens.of("eve\n\"level\":", "posts:write")).delete("/users/1")));
    }

    @Test
    void noCallerCanBeTakenForAnother() throws Exception {
        var line = line(as(Tokens.of("eve@https://issuer.test 201 by root", "")).delete("/users/1"));
        assertThat(
                line, startsWith("DELETE /users/1 403 by eve%40https%3A%2F%2Fissuer.test+201+by+root@https://issuer"));
    }

    /// What no query of a list has may be a secret at the wrong place.
    @Test
    void noQueryThatIsNoFilter() throws Exception {
        assertThat(
                line(request().delete("/posts?access_token=secret")),
                matchesPattern("DELETE /posts 400 .*, parameter, nothing kept"));
    }

    /// Sent as it is, which no client library does. What the HTTP server itself refuses or drops has no line.
    @Test
    void noPathMakesTwoLines() throws Exception {
        for (var character : List.of("\u0085", "\u007f", "\u001b", "\u00e9")) {
            var id = UUID.randomUUID().toString();
            try (var socket = new Socket("localhost", port)) {
                var head = "DELETE /a%s HTTP/1.1\r\nHost: x\r\nX-Request-Id: %s\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(head.formatted(character, id).getBytes(StandardCharsets.ISO_8859_1));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                if (answer.startsWith("HTTP/1.1 401")) {
                    assertEquals("DELETE /a? 401 by 127.0.0.1, no token", log.lineOf(id));
                }
            }
        }
    }

    private String line(Response answer) throws InterruptedException {
        return log.lineOf(answer.header("X-Request-Id"));
    }
}
