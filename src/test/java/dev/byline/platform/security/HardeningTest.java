package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class HardeningTest {

    private static final String TOKEN = "Authorization: Bearer " + Tokens.admin() + "\r\n";

    @Test
    void everyAnswerIsSaferInABrowser() {
        for (var path : List.of("/users", "/nowhere", "/users/0", "/problems", "/q/openapi", "/users?limit=x")) {
            request()
                    .get(path)
                    .then()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                    .header("Strict-Transport-Security", containsString("max-age="));
        }
        request().get("/q/swagger-ui/").then().header("Content-Security-Policy", containsString("default-src 'self'"));
    }

    @Test
    void theConsoleRunsOnlyItsOwnFiles() {
        request()
                .get("/")
                .then()
                .statusCode(200)
                .header(
                        "Content-Security-Policy",
                        allOf(
                                startsWith("default-src 'none'; script-src 'self'; style-src 'self'; "),
                                containsString("require-trusted-types-for 'script'"),
                                not(containsString("unsafe"))))
                .header("Cache-Control", "no-cache");
    }

    @Test
    void sharedCachesMayKeepOnlyWhatEverybodyMayRead() {
        var path = "/users/" + Given.user();
        anonymous().get(path).then().header("Cache-Control", "no-cache").header("Vary", containsString("Accept"));
        anonymous()
                .header("If-None-Match", "\"0\"")
                .get(path)
                .then()
                .statusCode(304)
                .header("Cache-Control", "no-cache");
        request().get(path).then().header("Cache-Control", "private, no-cache");
        request().get("/users/0").then().header("Cache-Control", "no-store");
        request().delete(path).then().header("Cache-Control", "no-store");
    }

    @Test
    void noOtherOriginIsLetInUnlessItIsNamed() {
        for (var origin : List.of("https://evil.test", "http://localhost:3000")) {
            anonymous()
                    .header("Origin", origin)
                    .get("/users")
                    .then()
                    .header("Access-Control-Allow-Origin", nullValue());
        }
    }

    /// Where two servers in a row would see two different requests, one of them must see none.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{} {}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: -1\r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                " Content-Length: 2\r\n\r\n{}"
            })
    void refusesWhatCouldSmuggleARequest(String rest) throws IOException {
        var status = status("POST /users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + TOKEN + rest);
        assertTrue(status.matches("4\\d\\d|501|closed"), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: ", "X-Request-Id: "})
    void refusesHeadersThatAreTooLong(String name) throws IOException {
        assertEquals("431", status("GET /users HTTP/1.1\r\nHost: x\r\n" + name + "y".repeat(30_000) + "\r\n\r\n"));
        assertEquals("414", status("GET /users?" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    private static String status(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var start = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return start.length() == 12 ? start.substring(9) : "closed";
        }
    }
}
