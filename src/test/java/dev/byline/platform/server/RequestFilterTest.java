package dev.byline.platform.server;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class RequestFilterTest {

    private static final int LIMIT = 1 << 20;
    private static final String HEAD = "POST /users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer " + Tokens.admin() + "\r\n";

    @Test
    void keepsTheClientsRequestId() {
        request().header("X-Request-Id", "abc-1.2_3").get("/users").then().header("X-Request-Id", is("abc-1.2_3"));
        request().header("X-Request-Id", "abc-1.2_3").get("/nowhere").then().header("X-Request-Id", is("abc-1.2_3"));
    }

    @Test
    void replacesARequestIdThatCouldDoHarm() {
        request()
                .header("X-Request-Id", "<script>")
                .get("/problems")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
        request()
                .header("X-Request-Id", "a".repeat(65))
                .get("/users")
                .then()
                .header("X-Request-Id", not("a".repeat(65)));
    }

    @Test
    void refusesABodyOverTheLimit() {
        json(bodyOf(LIMIT)).post("/users").then().statusCode(422);
        json(bodyOf(LIMIT + 1))
                .post("/users")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", is("The body may have 1048576 bytes at most."));
    }

    @Test
    void refusesABodyOverTheLimitThatDoesNotSayItsLength() throws IOException, InterruptedException {
        assertEquals(422, postChunked(bodyOf(LIMIT)));
        assertEquals(413, postChunked(bodyOf(LIMIT + 1)));
    }

    @Test
    void refusesABodyOverTheLimitThatNeverEnds() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes());
            var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes();
            for (int sent = 0; sent <= LIMIT; sent += 0x10000) {
                out.write(chunk);
            }
            out.flush();
            assertEquals("HTTP/1.1 413", new String(socket.getInputStream().readNBytes(12)));
        }
    }

    @Test
    void refusesABodyWhoseChunksAreNone() throws IOException {
        var chunks =
                List.of("zz\r\n\r\n", "-1\r\n\r\n", "100000000\r\n\r\n", "100000002\r\n{}\r\n0\r\n\r\n", "\r\n\r\n");
        for (var chunk : chunks) {
            var status = answer(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
            assertTrue(status.isEmpty() || status.equals("HTTP/1.1 400"), status);
        }
    }

    /// What a proxy forwards as one request must not be two here.
    @Test
    void findsNoSecondRequestInABody() throws IOException {
        var hidden = "GET /problems/stale HTTP/1.1\r\nHost: x\r\n\r\n";
        for (var head : List.of(
                "Transfer-Encoding: chunked\r\n\r\n100000000\r\n",
                "Transfer-Encoding: chunked\r\n\r\n100000002\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2;a=\n\r\n{}\r\n0\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}")) {
            try (var client = new RawClient(port)) {
                client.send(HEAD + head + hidden);
                for (var answer = client.answer(); !answer.isEmpty(); answer = client.answer()) {
                    assertThat(head, answer, not(containsString("/problems/stale\",\"title")));
                    assertThat(head, answer, startsWith("HTTP/1.1 4"));
                }
            }
        }
    }

    @Test
    void takesAnEmptyBodyInChunksAsNone() throws IOException {
        assertEquals("HTTP/1.1 400", answer(HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    @Test
    void servesOthersWhileManyClientsSendSlowly() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 300; i++) {
                var socket = new Socket("localhost", port);
                slow.add(socket);
                socket.getOutputStream().write((HEAD + "Content-Length: 100\r\n\r\n{").getBytes());
            }
            json("{\"name\":\"Quick\"}").post("/users").then().statusCode(201);
            operator().get("/q/health/ready").then().statusCode(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void countsUnknownPathsAndMethodsTogether() {
        for (int i = 0; i < 150; i++) {
            request().request("BREW" + i, "/users");
            request().options("/nowhere" + i);
            request().header("Content-Encoding", "gzip").get("/nowhere/else" + i);
        }
        request().get("/posts/0").then().statusCode(404);
        var metrics = operator().get("/q/metrics").asString();
        assertThat(metrics, not(containsString("nowhere")));
        assertThat(metrics, not(containsString("BREW")));
        assertThat(metrics, containsString("method=\"OTHER\""));
        assertThat(metrics, containsString("uri=\"/posts/{id}\""));
    }

    @Test
    void refusesAnEncodedBody() {
        json("{}")
                .header("Content-Encoding", "gzip")
                .post("/users")
                .then()
                .statusCode(415)
                .header("Accept-Encoding", "identity")
                .body("type", is("/problems/unsupported-media-type"));
    }

    /// As clients do that openapi-generator has made: the document has a body only for refusals.
    @Test
    void deletesForAClientThatAcceptsTheBodiesOfRefusalsOnly() {
        var path = "/users/" + Given.user();
        request().accept("text/html").delete(path).then().statusCode(406);
        request().accept("application/problem+json").get(path).then().statusCode(406);
        request().accept("application/problem+json").delete(path).then().statusCode(204);
    }

    @Test
    void tellsWhichMethodsAPathTakes() {
        request().options("/users").then().statusCode(204).header("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST");
        request()
                .options("/posts/1")
                .then()
                .statusCode(204)
                .header("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")
                .header("Accept-Patch", "application/merge-patch+json");
        request().options("/nowhere").then().statusCode(404);
        request().options("/users/1/posts").then().header("Allow", "GET, HEAD, OPTIONS, POST");
    }

    @Test
    void welcomesAPersonWithABrowser() {
        request()
                .header("Accept", "text/html")
                .get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString("q/openapi"));
    }

    /// @return the beginning of the answer
    private static String answer(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes());
            return new String(socket.getInputStream().readNBytes(12));
        }
    }

    private static String bodyOf(int bytes) {
        var start = "{\"name\":\"";
        var end = "\"}";
        return start + "x".repeat(bytes - start.length() - end.length()) + end;
    }

    private static int postChunked(String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/users"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + Tokens.admin())
                    .POST(BodyPublishers.ofByteArrays(List.of(body.getBytes())))
                    .build();
            assertTrue(request.bodyPublisher().orElseThrow().contentLength() < 0);
            var answer = client.send(request, BodyHandlers.ofString());
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            return answer.statusCode();
        }
    }
}
