package dev.byline.platform.errors;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class ProblemTest {

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/users/abc", "/users/1/nowhere", "/q/nowhere", "/users/99999999999999999999"})
    void knowsNoSuchRoute(String path) {
        request()
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", is("/problems/not-found"))
                .body("status", is(404))
                .body("instance", is(path))
                .body("requestId", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/0", "/users/-1", "/users/9223372036854775807", "/posts/-9223372036854775808"})
    void knowsNoSuchRow(String path) {
        request().get(path).then().statusCode(404).body("detail", containsString("There is no "));
        request().delete(path).then().statusCode(404);
        json("{}").patch(path).then().statusCode(404);
    }

    @Test
    void refusesAMethodThatThePathDoesNotTake() {
        request()
                .delete("/users/1/posts")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD, OPTIONS, POST")
                .body("detail", is("/users/1/posts takes GET, HEAD, OPTIONS, POST"));
        request().request("BREW", "/users/1").then().statusCode(405);
    }

    @Test
    void refusesMediaTypesThatItDoesNotSpeak() {
        request().accept("text/html").get("/users").then().statusCode(406).contentType("application/problem+json");
        request()
                .contentType("text/plain")
                .body("x")
                .post("/users")
                .then()
                .statusCode(415)
                .body("status", is(415));
        request()
                .contentType("application/merge-patch+json")
                .body("{}")
                .put("/users/" + Given.user())
                .then()
                .statusCode(415);
        request()
                .contentType("text/plain")
                .body("x")
                .patch("/users/" + Given.user())
                .then()
                .statusCode(415)
                .header("Accept-Patch", "application/merge-patch+json")
                .body("detail", is("Send Content-Type: application/merge-patch+json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"name\":}",
                "{'name':'x'}",
                "{\"name\":\"x\"} {}",
                "{\"name\":\"x\",}",
                "{\"name\":\"x\ny\"}",
                "nul",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "",
                " ",
                "null"
            })
    void refusesWhatIsNotJson(String body) {
        json(body).post("/users").then().statusCode(400).body("type", is("/problems/malformed"));
        json(body).patch("/users/" + Given.user()).then().statusCode(400).body("type", is("/problems/malformed"));
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        json("{\"posts\":" + "[".repeat(100) + "]".repeat(100) + "}")
                .post("/users")
                .then()
                .statusCode(400);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        request()
                .contentType("application/json")
                .body("{\"name\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))
                .post("/users")
                .then()
                .statusCode(400)
                .body("type", is("/problems/malformed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name":5}                       | #/name | type      | must be a string
                    {"name":["x"]}                   | #/name | type      | must be a string
                    {"name":{}}                      | #/name | type      | must be a string
                    {"name":"x","age":"30"}          | #/age  | type      | must be a whole number
                    {"name":"x","age":""}            | #/age  | type      | must be a whole number
                    {"name":"x","age":3.5}           | #/age  | type      | must be a whole number
                    {"name":"x","age":true}          | #/age  | type      | must be a whole number
                    {"name":"x","age":1e400}         | #/age  | type      | must be a whole number
                    {"name":"x","age":99999999999}   | #/age  | range     | is too large or too small a number
                    {"name":"x","age":-99999999999}  | #/age  | range     | is too large or too small a number
                    {"name":"a\\u0000b"}             | #/name | character | must not have the character U+0000
                    {"name":"a\\ud800b"}             | #/name | character | must not have half of a surrogate pair (U+D800 to U+DFFF)
                    {"name":"x","nmae":1}            | #/nmae | unknown   | did you mean name?
                    {"name":"x","a~b/c":1}           | #/a~0b~1c | unknown | known: name, age
                    "x"                              | #      | type      | must be a JSON object
                    """)
    void saysWhichMemberIsWrong(String body, String pointer, String code, String detail) {
        json(body)
                .post("/users")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is(pointer))
                .body("errors[0].code", is(code))
                .body("errors[0].detail", is(detail));
    }

    @Test
    void leaksNothingInternal() {
        json("{\"name\":{\"x\":1},\"age\":[]}")
                .post("/users")
                .then()
                .body(not(containsString("dev.byline")))
                .body(not(containsString("java.")))
                .body(not(containsString("Exception")));
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET /users HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes());
            var answer = new String(socket.getInputStream().readAllBytes());
            assertThat(answer, startsWith("HTTP/1.1 400 "));
            assertThat(answer, containsString("\"type\":\"/problems/malformed\""));
            assertThat(answer, not(containsString("Exception")));
        }
    }

    @Test
    void describesEveryTypeOfProblem() {
        var types = request()
                .get("/problems")
                .then()
                .statusCode(200)
                .body("type", hasItems("/problems/validation", "/problems/stale", "/problems/unavailable"))
                .extract()
                .jsonPath()
                .getList("type", String.class);
        types.forEach(type -> request().get(type).then().statusCode(200).body("type", is(type)));
        request().get("/problems/none").then().statusCode(404);
    }
}
