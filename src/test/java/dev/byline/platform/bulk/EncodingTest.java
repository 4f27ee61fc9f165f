package dev.byline.platform.bulk;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies are UTF-8, with or without a byte order mark; in another encoding none is taken for what it is not.
@QuarkusTest
public class EncodingTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";
    private static final String MARK = "\ufeff";

    private static final long SEED = 20_261_126;

    /// What could be lost between an export and an import: marks of formulas, of texts and of CSV, and what is longer
    /// than a byte or a character.
    private static final List<String> PIECES = List.of(
            "'", "''", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", "\"\"", ",", ";", " ", "a", "é", "😀", "0",
            "\\", "\\N", "#", "\u2028", MARK);

    @Test
    void takesBackWhatItExports() {
        var random = new Random(SEED);
        long from = Given.user();
        var rows = new ArrayList<Map<String, ?>>();
        for (int i = 0; i < 500; i++) {
            rows.add(Map.of("title", "." + text(random), "content", text(random), "userId", from));
            rows.add(Map.of("title", text(random) + "x", "content", text(random), "userId", from));
        }
        json(rows).post("/posts").then().statusCode(200);
        var query = "/posts?limit=1000&fields=title,content";
        var written = request().get("/users/" + from + query).asString();
        for (var export : List.of(
                CSV + " fields=title,content", CSV + " embed=user", CSV + " limit=1000", NDJSON + " embed=user")) {
            var type = export.split(" ")[0];
            long to = Given.user();
            var exported = request()
                    .accept(type)
                    .get("/users/" + from + "/posts?" + export.split(" ")[1])
                    .asByteArray();
            var body = new String(exported, UTF_8).replace("\"userId\":" + from, "\"userId\":" + to);
            if (type.equals(CSV)) {
                body = body.replaceFirst("\"userId\"", "\"user.old\"");
            }
            send(type, "/users/" + to + "/posts", body.getBytes(UTF_8))
                    .then()
                    .statusCode(200)
                    .body("created", is(1000));
            assertEquals(written, request().get("/users/" + to + query).asString(), export);
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @Test
    void passesOverAByteOrderMark() {
        long user = Given.user();
        var path = "/users/" + user + "/posts";
        var row = "{\"title\":\"T\",\"content\":\"C\"}";
        send(JSON, path, (MARK + row).getBytes(UTF_8)).then().statusCode(201);
        send(JSON, path, (MARK + "[" + row + "]").getBytes(UTF_8)).then().statusCode(200);
        send(NDJSON, path, (MARK + row + "\n" + row).getBytes(UTF_8)).then().statusCode(200);
        send(CSV, path, (MARK + "title,content\nT,C").getBytes(UTF_8)).then().statusCode(200);
        send(CSV, path, (MARK + "\"title\",\"content\"\r\n\"T\",\"C\"").getBytes(UTF_8))
                .then()
                .statusCode(200);
        send(CSV, path, (MARK + "title,content,title\nT,C,D").getBytes(UTF_8))
                .then()
                .statusCode(400)
                .body("detail", startsWith("The first line must name each member once"));
        request()
                .contentType("application/merge-patch+json")
                .body((MARK + "{\"age\":7}").getBytes(UTF_8))
                .patch("/users/" + user)
                .then()
                .statusCode(200)
                .body("age", is(7));
        for (var type : List.of(NDJSON, CSV, JSON)) {
            send(type, path, MARK.getBytes(UTF_8)).then().statusCode(type.equals(NDJSON) ? 200 : 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, NDJSON, CSV})
    void namesTheLineThatIsNotUtf8(String type) {
        var path = "/users/" + Given.user() + "/posts";
        var rows = new ArrayList<String>();
        for (int i = 0; i < 3_000; i++) { // more than is read at a time
            rows.add(row(type, "é".repeat(i % 7)));
        }
        var body = body(type, rows);
        send(type, path, body.getBytes(UTF_8)).then().statusCode(200);
        rows.set(2_000, row(type, "caf\u0000e"));
        var latin1 = body(type, rows).getBytes(UTF_8);
        for (int i = 0; i < latin1.length; i++) {
            latin1[i] = latin1[i] == 0 ? (byte) 0xe9 : latin1[i];
        }
        var refused = send(type, path, latin1);
        if (type.equals(NDJSON)) {
            refused.then()
                    .statusCode(422)
                    .body("badRows", is(1))
                    .body("errors[0].line", is(2_001))
                    .body("errors[0].detail", is("is not UTF-8"));
        } else {
            refused.then()
                    .statusCode(400)
                    .body("detail", is("Line " + (type.equals(CSV) ? 2_002 : 2_001) + " is not UTF-8."));
        }
        for (var charset : List.of(UTF_16, UTF_16BE, UTF_16LE)) {
            send(type, path, body.getBytes(charset))
                    .then()
                    .statusCode(400)
                    .body("detail", startsWith("Line 1 is not UTF-8"));
        }
        send(type, path, (type.equals(CSV) ? "titlé\nx" : "é").getBytes(ISO_8859_1))
                .then()
                .statusCode(type.equals(NDJSON) ? 422 : 400);
        request().header("Prefer", "count=exact").get(path).then().header("X-Total-Count", is("3000"));
    }

    private static String row(String type, String text) {
        return type.equals(CSV) ? "T," + text : "{\"title\":\"T\",\"content\":\"" + text + "\"}";
    }

    private static String body(String type, List<String> rows) {
        return switch (type) {
            case CSV -> "title,content\n" + String.join("\n", rows);
            case NDJSON -> String.join("\n", rows);
            default -> "[" + String.join(",\n", rows) + "]";
        };
    }

    private static Response send(String type, String path, byte[] body) {
        return request().contentType(type).body(body).post(path);
    }
}
