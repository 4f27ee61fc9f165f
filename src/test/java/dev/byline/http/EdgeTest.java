package dev.byline.http;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class EdgeTest {

    private static final int LIMIT = 1 << 20;

    @Test
    void keepsTheClientsRequestId() {
        request().header("X-Request-Id", "abc-1.2_3").get("/users").then().header("X-Request-Id", is("abc-1.2_3"));
        request().header("X-Request-Id", "abc-1.2_3").get("/nowhere").then().header("X-Request-Id", is("abc-1.2_3"));
    }

    @Test
    void replacesARequestIdThatCouldDoHarm() {
        request()
                .header("X-Request-Id", "<script>")
                .get("/q/health/live")
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
    void refusesAnEncodedBody() {
        json("{}")
                .header("Content-Encoding", "gzip")
                .post("/users")
                .then()
                .statusCode(415)
                .header("Accept-Encoding", "identity")
                .body("type", is("/problems/unsupported-media-type"));
    }

    @Test
    void tellsWhichMethodsAPathTakes() {
        request().options("/users").then().statusCode(204).header("Allow", "GET, HEAD, OPTIONS, POST");
        request()
                .options("/posts/1")
                .then()
                .statusCode(204)
                .header("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")
                .header("Accept-Patch", "application/merge-patch+json");
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
                .body(containsString("q/swagger-ui"));
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
