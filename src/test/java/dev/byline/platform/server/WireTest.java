package dev.byline.platform.server;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static dev.byline.RawClient.exchange;
import static io.restassured.RestAssured.port;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawAnswer;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What real clients and proxies send beside what the grammar shows first: it means what the RFC says, or is refused.
@QuarkusTest
public class WireTest {

    private static final String ADMIN = "Authorization: Bearer " + Tokens.admin() + "\r\n";

    /// The same route by other spellings (RFC 3986, section 6.2.2, and what servers before it have added).
    private static final List<String> SPELLINGS = List.of(
            "/users/%s/posts",
            "//users/%s/posts",
            "/users//%s///posts",
            "/%%75sers/%s/%%70osts",
            "/users/./%s/posts",
            "/x/../users/%s/posts",
            "/users;jsessionid=1/%s;a=b/posts;c",
            "/users/%s/posts/",
            "/users/%s/posts;jsessionid=1");

    @Test
    void takesEveryBodyByTheRouteThatItIsFor() throws IOException {
        long user = Given.user();
        var large = "\n".repeat(2 << 20); // more than one row may have
        for (var path : SPELLINGS) {
            var line = "{\"title\":\"T\",\"content\":\"C\"}\n";
            assertEquals(
                    "{\"created\":2}",
                    post(path, user, "application/x-ndjson", line + large + line)
                            .text(),
                    path);
            assertEquals(
                    "{\"created\":1}",
                    post(path, user, "text/csv", "title,content\nT,C\n").text(),
                    path);
            assertEquals(
                    200, post(path, user, "application/json", "[" + line + "]").status(), path);
            assertEquals(201, post(path, user, "application/json", line).status(), path);
            assertEquals(413, post(path, user, "application/json", line + large).status(), path);
            var list = exchange(port, "GET " + path.formatted(user) + "?limit=1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals(200, list.status(), path);
            assertEquals("application/json", list.type(), path);
        }
        request()
                .header("Prefer", "count=exact")
                .get("/users/" + user + "/posts")
                .then()
                .header("X-Total-Count", is(String.valueOf(5 * SPELLINGS.size())));
    }

    private static RawAnswer post(String path, long user, String type, String body) throws IOException {
        return exchange(
                port,
                "POST " + path.formatted(user) + " HTTP/1.1\r\nHost: x\r\n" + ADMIN + "Content-Type: " + type
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0%s",
                "+%s",
                "%s.0",
                "0x%s",
                "%s%%20",
                "%%20%s",
                "%sL",
                "-0",
                "%%D9%%A1",
                "%%EF%%BC%%91",
                "%s,1",
                "%%00%s"
            })
    void knowsARowByOneSpellingOfItsId(String spelling) {
        long user = Given.user();
        long post = Given.post(user);
        for (var row : List.of("/users/" + spelling.formatted(user), "/posts/" + spelling.formatted(post))) {
            for (var method : List.of("GET", "HEAD", "DELETE", "PUT", "PATCH")) {
                var body = row.startsWith("/users")
                        ? "{\"name\":\"Eve\"}"
                        : "{\"title\":\"T\",\"content\":\"\",\"userId\":" + user + "}";
                json(body).urlEncodingEnabled(false).request(method, row).then().statusCode(404);
            }
        }
        json("{\"title\":\"T\",\"content\":\"\"}")
                .urlEncodingEnabled(false)
                .post("/users/" + spelling.formatted(user) + "/posts")
                .then()
                .statusCode(404);
        request().get("/posts/" + post).then().body("version", is(0));
    }

    /// Not all clients percent-encode what they send; a character of the raw client is a byte.
    @Test
    void readsUtf8InAQueryThatIsNotEncoded() throws IOException {
        var name = "Zo\u00eb " + UUID.randomUUID();
        long user = Given.user(name, 36);
        var bytes = new String(name.replace(" ", "+").getBytes(UTF_8), ISO_8859_1);
        var answer = exchange(port, "GET /users?limit=1&name=" + bytes + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(200, answer.status());
        assertTrue(answer.text().contains("\"id\":" + user + ","), answer.text());
        assertTrue(answer.header("link").orElse("").contains("name=Zo%C3%AB+"), answer.headers()::toString);
        assertEquals(
                400,
                exchange(port, "GET /users?name=\u00eb HTTP/1.1\r\nHost: x\r\n\r\n")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;",
                "application/json ; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "Application/JSON; Charset=utf8",
                "application/json;;charset=UTF-8;",
                "application/json; profile=\"a;b,c\\\"d\"",
                "\tapplication/json\t"
            })
    void takesEverySpellingOfAMediaType(String type) throws IOException {
        assertEquals(422, post("/users", 0, type, "{\"name\":\"\"}").status());
        var rows = type.toLowerCase().replace("application/json", "text/csv");
        assertEquals(422, post("/users", 0, rows, "name\n\"\"\n").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json; charset=ISO-8859-1           | its charset is ISO-8859-1",
                "application/json; charset=\"utf-16\"           | its charset is utf-16",
                "application/x-ndjson;charset=latin1            | its charset is latin1",
                "text/csv; header=present; charset=windows-1252 | its charset is windows-1252",
                "application/vnd.byline.rows+json               | Send Content-Type: application/json",
                "application/json, text/csv                     | Send one Content-Type",
                "application/json; charset                      | Send one Content-Type",
                "json                                           | Send one Content-Type"
            })
    void refusesOtherMediaTypesAndEncodings(String type, String detail) throws IOException {
        for (var body : List.of("", "{\"name\":\"Ada\"}", "[]")) {
            var answer = post("/users", 0, type, body);
            assertEquals(415, answer.status());
            assertTrue(answer.text().contains(detail), answer.text());
        }
    }

    @Test
    void takesNoSecondHost() throws IOException {
        for (var second : List.of("x", "y", "")) {
            var answer = exchange(port, "GET /users HTTP/1.1\r\nHost: x\r\nHost: " + second + "\r\n\r\n");
            assertEquals(400, answer.status());
            assertEquals("close", answer.header("connection").orElse(""));
            assertTrue(answer.text().contains("Send one Host."), answer.text());
        }
        assertEquals(400, exchange(port, "GET /users HTTP/1.1\r\n\r\n").status());
    }

    /// RFC 9112, section 6.1: what two servers could read in two ways ends the connection.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 12",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Content-Length: 2\r\nContent-Length: 3"
            })
    void endsAConnectionWhoseBodiesEndsAreAmbiguous(String framing) throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST /users HTTP/1.1\r\nHost: x\r\n" + ADMIN + "Content-Type: application/json\r\n" + framing
                    + "\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /problems/stale HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals(400, client.receive(false).status());
            assertThrows(IOException.class, () -> client.receive(false), "a second answer");
        }
        assertEquals(
                400,
                exchange(
                                port,
                                "POST /users HTTP/1.0\r\n" + ADMIN
                                        + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
                        .status());
    }

    @Test
    void speaksHttp10() throws IOException {
        long user = Given.user();
        for (var path :
                List.of("/users?limit=1", "/users/" + user, "/problems", "/nowhere", "/users?x=1", "/q/openapi")) {
            var answer = exchange(port, "GET " + path + " HTTP/1.0\r\n\r\n");
            assertTrue(answer.status() < 500, path + " " + answer.status());
            assertTrue(answer.header("content-length").isPresent(), path);
            assertTrue(answer.header("transfer-encoding").isEmpty(), path);
        }
        try (var client = new RawClient(port)) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /users?limit=1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertEquals(200, client.receive(false).status());
            }
        }
        assertEquals(
                201,
                exchange(
                                port,
                                "POST /users HTTP/1.0\r\n" + ADMIN
                                        + "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"name\":\"Ada\"}")
                        .status());
    }

    /// The end of the connection would be the end of the export, however it came about.
    @Test
    void exportsNothingOverHttp10() throws IOException {
        for (var type : List.of("text/csv", "application/x-ndjson")) {
            for (var connection : List.of("", "Connection: keep-alive\r\n")) {
                var answer =
                        exchange(port, "GET /users?limit=1 HTTP/1.0\r\n" + connection + "Accept: " + type + "\r\n\r\n");
                assertEquals(426, answer.status());
                assertEquals("HTTP/1.1", answer.header("upgrade").orElse(""));
                assertEquals("application/problem+json", answer.type());
            }
        }
        request()
                .get("/problems/upgrade-required")
                .then()
                .statusCode(200)
                .body("description", containsString("HTTP/1.1"));
    }
}
