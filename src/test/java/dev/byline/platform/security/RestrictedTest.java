package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a deployment may switch on: reading with a token only, a limit of requests, no blind writes, trusted proxies,
/// an address of its own, an origin. Each test is a caller of its own.
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
                    "byline.http.require-if-match", "true",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1,::1,10.0.0.0/8",
                    "byline.http.origin", "https://api.example.org/byline/",
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

    /// Whoever adds a resource decides who may call it.
    @Test
    void closesAResourceThatSaysNothing() {
        for (var path : List.of("/unruled", "//unruled", "/unruled/", "/unruled;x", "/%75nruled")) {
            for (var method : List.of("GET", "HEAD", "POST")) {
                from("203.0.113.20")
                        .urlEncodingEnabled(false)
                        .request(method, path)
                        .then()
                        .statusCode(401);
            }
        }
        as(Tokens.ofSomebody("users:write posts:write")).get("/unruled").then().statusCode(403);
        as(Tokens.ofSomebody("users:write posts:write")).post("/unruled").then().statusCode(403);
        as(Tokens.admin()).get("/unruled").then().statusCode(200);
        as(Tokens.admin()).post("/unruled").then().statusCode(200);
    }

    @Test
    void takesNoWriteOfARowThatDoesNotSayWhichVersionItIsAbout() {
        var eve = Tokens.of("eve", "admin");
        long id = as(eve).contentType(ContentType.JSON)
                .body(Map.of("name", "Eve"))
                .post("/users")
                .jsonPath()
                .getLong("id");
        var user = "/users/" + id;
        as(eve).contentType(ContentType.JSON)
                .body(Map.of("age", 1))
                .patch(user)
                .then()
                .statusCode(428)
                .body("type", is("/problems/precondition-required"))
                .body(
                        "detail",
                        is(
                                "Send If-Match with the ETag of the row as you have read it, or the version of that row in the body of a PUT or PATCH; If-Match: * takes any version."));
        as(eve).contentType(ContentType.JSON)
                .body(Map.of("name", "Eve"))
                .put(user)
                .then()
                .statusCode(428);
        as(eve).delete(user).then().statusCode(428);
        as(eve).get(user).then().statusCode(200).header("ETag", "\"0\"");
        change(eve, user, 1).statusCode(200);
        change(eve, user, 2).statusCode(412);
        as(eve).contentType(ContentType.JSON)
                .body(Map.of("name", "Eve", "version", 1))
                .put(user)
                .then()
                .statusCode(200);
        as(eve).contentType(ContentType.JSON)
                .body(Map.of("age", 2, "version", 1))
                .patch(user)
                .then()
                .statusCode(412);
        as(eve).header("If-Match", "*").delete(user).then().statusCode(204);
    }

    private static ValidatableResponse change(String token, String user, int age) {
        return as(token)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"0\"")
                .body(Map.of("age", age))
                .patch(user)
                .then();
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
    void believesTheLastProxyThatItDoesNotTrust() {
        int last = 200;
        for (int i = 0; last == 200 && i < 60; i++) {
            last = from("198.51.100." + i + ", 203.0.113.5, 10.1.2.3")
                    .get("/problems")
                    .statusCode();
        }
        assertEquals(429, last);
        from("203.0.113.6").get("/problems").then().statusCode(200);
    }

    @Test
    void countsANetworkOfIpv6AsOneCaller() {
        int last = 200;
        for (int i = 0; last == 200 && i < 60; i++) {
            last = from("2001:db8:0:1:" + i + "::7").get("/problems").statusCode();
        }
        assertEquals(429, last);
        from("2001:db8:0:2::7").get("/problems").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2001:db8:1::7]:443",
                "[2001:db8:2::7",
                "]",
                "",
                ",",
                ",,,",
                ":",
                "unknown",
                "_hidden",
                "a b",
                "%",
                "1:2",
                "203.0.113.9:99999999999",
                "999.1.1.1",
                "localhost",
                "::ffff:203.0.113.10",
                "fe80::1%eth0",
                "évil"
            })
    void noForwardedAddressMakesItFail(String address) {
        for (var forwarded : List.of(address, address + ", 10.0.0.1", "203.0.113.8, " + address)) {
            assertThat(from(forwarded).get("/users").statusCode(), oneOf(401, 429));
            assertThat(
                    from(forwarded)
                            .header("Forwarded", "for=" + address)
                            .get("/posts")
                            .statusCode(),
                    oneOf(401, 429));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "a b", "", "://", "javascript", "%%%"})
    void noOtherForwardedHeaderMakesItFail(String value) {
        given().header("X-Forwarded-For", "203.0.113.11")
                .header("X-Forwarded-Proto", value)
                .header("X-Forwarded-Port", value)
                .header("X-Forwarded-Ssl", value)
                .header("X-Forwarded-Host", value)
                .get("/problems")
                .then()
                .statusCode(200);
    }

    @Test
    void stopsWhoGuessesTokensAndNobodyElse() {
        var forged = Tokens.admin() + "x";
        var good = Tokens.ofSomebody("");
        from("203.0.113.12", good).get("/users").then().statusCode(200);
        int last = 401;
        int guesses = 0;
        for (; last == 401 && guesses < 60; guesses++) {
            last = from("203.0.113.12", forged).get("/users").statusCode();
        }
        assertEquals(429, last);
        assertThat(guesses, lessThan(30));
        from("203.0.113.12", "not even a token").get("/users").then().statusCode(429);
        from("203.0.113.12", forged)
                .get("/users")
                .then()
                .statusCode(429)
                .body("type", is("/problems/too-many-requests"))
                .header("RateLimit-Policy", "\"refused-tokens\";q=20;w=60")
                .header("Retry-After", matchesPattern("[1-9]\\d?"));
        // Even a good token is a guess there, unless it has been good before.
        from("203.0.113.12", Tokens.ofSomebody("")).get("/users").then().statusCode(429);
        from("203.0.113.12", good).get("/users").then().statusCode(200);
        from("203.0.113.13", Tokens.ofSomebody("")).get("/users").then().statusCode(200);
    }

    @Test
    void saysWhereTokensComeFrom() {
        var metadata = "https://api.example.org/.well-known/oauth-protected-resource/byline";
        from("203.0.113.14")
                .header("Host", "evil.test")
                .get("/.well-known/oauth-protected-resource")
                .then()
                .statusCode(200)
                .body("authorization_servers", is(List.of(Tokens.ISSUER)))
                .body("scopes_supported", hasItem("posts:write"))
                .body("resource", is("https://api.example.org/byline"));
        from("203.0.113.14")
                .get("/users")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer realm=\"byline\", resource_metadata=\"" + metadata + "\"");
        from("203.0.113.14", "no.token.")
                .get("/users")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString(", resource_metadata=\"" + metadata + "\""));
    }

    @Test
    void theAuditLogNamesWhoIsRefusedAndWhy() throws Exception {
        try (var log = new AuditLog()) {
            assertEquals(
                    "GET /users 401 by 203.0.113.15, no token",
                    log.lineOf(from("203.0.113.15").get("/users")));
            var claims = Tokens.claims("ada");
            claims.put("exp", 1);
            assertEquals(
                    "GET /users 401 by 203.0.113.15, token refused: The token has expired.",
                    log.lineOf(from("203.0.113.15", Tokens.of(claims)).get("/users?access_token=secret")));
            for (int i = 0; i < 30; i++) {
                from("203.0.113.15").get("/problems");
            }
            assertEquals(
                    "GET /problems 429 by 203.0.113.15, refused: One caller may send 20 requests a minute.",
                    log.lineOf(from("203.0.113.15").get("/problems")));
        }
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
                .statusCode(403)
                .contentType("application/problem+json")
                .header("Vary", containsString("origin"));
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

    private static RequestSpecification from(String address, String token) {
        return from(address).header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification from(String address) {
        return anonymous().header("X-Forwarded-For", address);
    }
}
