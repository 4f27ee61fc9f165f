package dev.byline.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.port;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a deployment may switch on: reading with a token only, a limit of requests, an origin. Each test is a caller of
/// her own.
@QuarkusTest
@TestProfile(RestrictedTest.Restricted.class)
class RestrictedTest {

    public static class Restricted implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "byline.security.everybody-reads", "false",
                    "byline.security.requests-per-minute", "20",
                    "byline.http.body-deadline", "1s",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1",
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", "https://friend.test");
        }
    }

    @Test
    void showsUsersAndPostsOnlyToWhoHasAToken() {
        var somebody = Tokens.ofSomebody("");
        for (var path : List.of("/users", "/posts", "/users/0", "/posts/0", "/users/0/posts", "/users/")) {
            from("203.0.113.1").get(path).then().statusCode(401).header("Cache-Control", "no-store");
        }
        as(somebody).get("/users").then().statusCode(200).header("Cache-Control", "private, no-cache");
        as(somebody).get("/posts/0").then().statusCode(404);
        for (var path : List.of("/problems", "/.well-known/oauth-protected-resource", "/q/openapi")) {
            from("203.0.113.1").get(path).then().statusCode(200);
        }
    }

    @Test
    void limitsTheRequestsOfOneCallerAndOfNobodyElse() {
        var eager = Tokens.ofSomebody("");
        as(eager)
                .get("/users")
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"caller\";q=20;w=60")
                .header("RateLimit", matchesPattern("\"caller\";r=19;t=\\d+"));
        int last = 200;
        for (int i = 0; last == 200 && i < 60; i++) {
            last = as(eager).get("/users").statusCode();
        }
        assertEquals(429, last);
        as(eager)
                .get("/users")
                .then()
                .statusCode(429)
                .body("type", is("/problems/too-many-requests"))
                .header("Retry-After", matchesPattern("[1-9]\\d?"))
                .header("RateLimit", notNullValue());
        as(Tokens.ofSomebody("")).get("/users").then().statusCode(200);
    }

    @Test
    void tellsAddressesBehindAProxyApart() {
        int last = 200;
        for (int i = 0; last == 200 && i < 60; i++) {
            last = from("203.0.113.2").get("/problems").statusCode();
        }
        assertEquals(429, last);
        from("203.0.113.3").get("/problems").then().statusCode(200);
    }

    @Test
    void letsANamedOriginInAndNoOther() {
        given().header("X-Forwarded-For", "203.0.113.4")
                .header("Origin", "https://friend.test")
                .get("/problems")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://friend.test");
        given().header("X-Forwarded-For", "203.0.113.4")
                .header("Origin", "https://evil.test")
                .get("/problems")
                .then()
                .statusCode(403);
    }

    @Test
    void givesUpABodyThatDoesNotArrive() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("POST /users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
                                            + "Authorization: Bearer " + Tokens.ofSomebody("users:write") + "\r\n\r\n{")
                                    .getBytes());
            assertEquals("HTTP/1.1 408", new String(socket.getInputStream().readNBytes(12)));
        }
    }

    private static RequestSpecification from(String address) {
        return anonymous().header("X-Forwarded-For", address);
    }
}
