package dev.byline.platform.security;

import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// What a client sends costs time in proportion to its length, whatever it is made of.
@QuarkusTest
public class WorkPerCharacterTest {

    /// Regular expressions of Java backtrack and recurse. These read what the service itself, its database or a
    /// failed start has written; the last one has those that the operator sets for origins. Those that find words
    /// in a search, or a part in a text, take each character once: none has a repetition within another.
    private static final List<String> ALLOWED = List.of(
            "platform/database/MariaDbFailures.java",
            "platform/database/MariaDbSearch.java",
            "platform/database/PostgreSqlEstimate.java",
            "platform/database/PostgreSqlFailures.java",
            "platform/database/SqliteConnections.java",
            "platform/database/SqliteFailures.java",
            "platform/database/SqliteSearch.java",
            "platform/errors/StartFailure.java",
            "platform/persistence/DatabaseFailure.java",
            "platform/rest/ProblemTypesPage.java",
            "platform/security/CrossOrigin.java");

    private static final int REQUESTS = 15;

    /// A request of this many characters, about.
    private record Input(int length, IntFunction<String> request) {}

    @Test
    void noRegularExpressionReadsWhatAClientSends() throws IOException {
        var main = Path.of("src/main/java/dev/byline");
        try (var sources = Files.walk(main)) {
            for (var source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                var text = Files.readString(source);
                boolean uses = text.contains("java.util.regex")
                        || text.contains(".matches(\"")
                        || text.contains(".replaceAll(")
                        || text.contains(".replaceFirst(");
                assertTrue(!uses || ALLOWED.contains(main.relativize(source).toString()), source.toString());
            }
        }
    }

    /// Each pair of lengths in turn, the faster of many tries of each: other work on the machine only makes them
    /// slower.
    @Test
    void twiceTheLengthTakesAtMostThreeTimesAsLong() throws IOException {
        var ratios = new TreeMap<String, Double>();
        for (var input : inputs().entrySet()) {
            double ratio = ratio(input.getKey(), input.getValue());
            for (int tries = 0; ratio > 3 && tries < 3; tries++) { // what is not in proportion never is
                ratio = ratio(input.getKey(), input.getValue());
            }
            ratios.put(input.getKey(), ratio);
        }
        assertTrue(ratios.values().stream().allMatch(ratio -> ratio <= 3), ratios::toString);
    }

    private static double ratio(String name, Input input) throws IOException {
        long half = Long.MAX_VALUE;
        long whole = Long.MAX_VALUE;
        try (var client = new RawClient(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                half = Math.min(half, time(client, input.request().apply(input.length() / 2)));
                whole = Math.min(whole, time(client, input.request().apply(input.length())));
            }
        }
        assertTrue(whole < 300_000_000, name + " takes " + whole + " ns");
        return (double) whole / half;
    }

    private static long time(RawClient client, String request) throws IOException {
        long start = System.nanoTime();
        client.send(request);
        var answer = client.answer();
        assertTrue(answer.startsWith("HTTP/1.1 ") && !answer.startsWith("HTTP/1.1 5"), answer);
        return System.nanoTime() - start;
    }

    private static Map<String, Input> inputs() {
        long user = Given.user();
        var inputs = new TreeMap<String, Input>();
        inputs.put("path of slashes", input(16_000, n -> post("/" + "/".repeat(n) + "x", "text/csv", "id")));
        inputs.put("path of dots", input(16_000, n -> get("/" + "../".repeat(n / 3))));
        inputs.put("path of escapes", input(16_000, n -> get("/" + "%41".repeat(n / 3))));
        inputs.put("path of parameters", input(16_000, n -> get("/users/" + user + ";a=b".repeat(n / 4))));
        inputs.put("id of digits", input(16_000, n -> get("/users/" + "9".repeat(n))));
        for (var unit : List.of("a/b,", "a/b;c=d;", ";a=b", " ", ",", "\"", "a", "*/*;q=0.1,")) {
            for (var name :
                    List.of("Accept", "Accept-Encoding", "Prefer", "If-Match", "If-None-Match", "Idempotency-Key")) {
                inputs.put(name + " of " + unit, input(3900, n -> get("/users/" + user, name, repeat(unit, n))));
            }
            inputs.put("Content-Type of " + unit, input(3900, n -> post("/users", "a/b" + repeat(unit, n), "{}")));
        }
        for (var unit : List.of("a.", "-", "_", "=", "ey")) {
            inputs.put(
                    "token of " + unit,
                    input(15_000, n -> get("/users", "Authorization", "Bearer " + repeat(unit, n))));
        }
        inputs.put("X-Request-Id", input(15_000, n -> get("/users/" + user, "X-Request-Id", "a".repeat(n) + " ")));
        inputs.put("Origin", input(15_000, n -> get("/users/" + user, "Origin", "http://" + "a.".repeat(n / 2))));
        inputs.put("Consistency-Token", input(15_000, n -> get("/users/" + user, "Consistency-Token", "0".repeat(n))));
        inputs.put("X-Forwarded-For", input(15_000, n -> get("/users/" + user, "X-Forwarded-For", repeat("1,", n))));
        for (var name : List.of(
                "sort", "fields", "cursor", "embed", "limit", "q", "id", "name", "createdAt", "name:contains")) {
            for (var unit : List.of("a", "1", ",", "-", "%25", "name,", "%22")) {
                inputs.put(name + "=" + unit, input(7000, n -> get("/users?" + name + "=" + repeat(unit, n))));
            }
        }
        inputs.put("names of parameters", input(7000, n -> get("/users?" + repeat("a&", n))));
        inputs.put("one name", input(7000, n -> get("/users?" + "a".repeat(n))));
        inputs.put(
                "text",
                input(100_000, n -> post("/users", "application/json", "{\"name\":\"" + "%_!".repeat(n / 3) + "\"}")));
        inputs.put("number", input(900, n -> post("/users", "application/json", "{\"age\":" + "9".repeat(n) + "}")));
        inputs.put("members", input(50_000, n -> post("/users", "application/json", members(n / 10))));
        return inputs;
    }

    private static String members(int count) {
        var json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append('"').append("m").append(i).append("\":1,");
        }
        return json.append("\"name\":\"x\"}").toString();
    }

    private static Input input(int length, IntFunction<String> request) {
        return new Input(length, request);
    }

    private static String repeat(String unit, int length) {
        return unit.repeat(length / unit.length());
    }

    private static String get(String target, String... header) {
        var line = header.length == 0 ? "" : header[0] + ": " + header[1] + "\r\n";
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + line + "\r\n";
    }

    private static String post(String target, String type, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nAuthorization: Bearer "
                + Tokens.admin() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void refusesAHeaderThatIsTooLongToBeRead() {
        for (var name :
                List.of("Accept", "Accept-Encoding", "Prefer", "If-Match", "If-None-Match", "Idempotency-Key")) {
            var problem = request()
                    .header(name, "a".repeat(4001))
                    .get("/users")
                    .then()
                    .statusCode(400)
                    .extract()
                    .jsonPath();
            assertEquals(name, problem.getString("errors[0].parameter"));
            assertEquals("size", problem.getString("errors[0].code"));
        }
    }
}
