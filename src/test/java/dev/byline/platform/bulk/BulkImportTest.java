package dev.byline.platform.bulk;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Many rows in one request: all or none.
@QuarkusTest
public class BulkImportTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    @Test
    void createsTheRowsOfAnArray() {
        long user = Given.user();
        var rows = json(List.of(post("One", user), post("Two", user)))
                .post("/posts")
                .then()
                .statusCode(200)
                .body("title", contains("One", "Two"))
                .body("userId", everyItem(equalTo((int) user)))
                .body("version", contains(0, 0))
                .extract()
                .jsonPath();
        for (int i = 0; i < 2; i++) {
            // What was answered is what is stored, to the microsecond.
            var row = request()
                    .get("/posts/" + rows.getLong("[" + i + "].id"))
                    .then()
                    .statusCode(200);
            row.body("title", is(rows.getString("[" + i + "].title")));
            row.body("createdAt", is(rows.getString("[" + i + "].createdAt")));
            row.header("ETag", "\"0\"");
        }
        json(List.of(Map.of("name", "Ada"), Map.of("name", "Eve", "age", 30)))
                .post("/users")
                .then()
                .statusCode(200)
                .body("name", contains("Ada", "Eve"))
                .body("age", contains(null, 30));
        json("[]").post("/posts").then().statusCode(200).body("$", hasSize(0));
    }

    @Test
    void countsTheRowsOfAStream() {
        long user = Given.user();
        send(NDJSON, "/posts", line("One", user) + "\n\r\n" + line("Two", user))
                .then()
                .statusCode(200)
                .body("created", is(2));
        send(CSV, "/posts", "title,content,userId\r\nThree,\"a \"\"b\"\",\r\nc\"," + user + "\r\nFour,," + user)
                .then()
                .statusCode(200)
                .body("created", is(2));
        request()
                .get("/users/" + user + "/posts")
                .then()
                .body("title", contains("One", "Two", "Three", "Four"))
                .body("content", contains("Text", "Text", "a \"b\",\r\nc", ""));
        send(NDJSON, "/posts", "").then().statusCode(200).body("created", is(0));
    }

    /// Of 70 MB: the HTTP server's own limit, too, must be above the one of imports.
    @Test
    void takesALargeStream() throws IOException, InterruptedException {
        var padding = " ".repeat(1_000_000) + "\n";
        var rows = ("{\"name\":\"Ada\"}" + padding).repeat(70);
        // REST Assured takes twenty seconds to send so much.
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/users"))
                    .header("Authorization", "Bearer " + Tokens.admin())
                    .header("Content-Type", NDJSON)
                    .POST(BodyPublishers.ofString(rows))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            assertEquals("{\"created\":70}", answer.body());
        }
    }

    @Test
    void createsPostsOfTheUserInThePath() {
        long user = Given.user();
        var path = "/users/" + user + "/posts";
        json("[{\"title\":\"One\",\"content\":\"\"}]").post(path).then().body("[0].userId", is((int) user));
        send(NDJSON, path, "{\"title\":\"Two\",\"content\":\"\",\"userId\":" + user + "}")
                .then()
                .body("created", is(1));
        send(CSV, path, "title,content\nThree,x").then().body("created", is(1));
        request().get(path).then().body("title", contains("One", "Two", "Three"));
        json("[{\"title\":\"One\",\"content\":\"\"},{\"title\":\"One\",\"content\":\"\",\"userId\":0}]")
                .post(path)
                .then()
                .statusCode(422)
                .body("badRows", is(1))
                .body("errors[0].pointer", is("#/1/userId"))
                .body("errors[0].code", is("conflict"));
        for (var type : List.of(NDJSON, CSV)) {
            send(type, "/users/0/posts", "title,content\n").then().statusCode(404);
        }
        request().get(path).then().body("$", hasSize(3));
    }

    @Test
    void namesEveryBadRowOfAnArrayAndStoresNothing() {
        long user = Given.user();
        var marker = UUID.randomUUID().toString();
        json("[{\"title\":\"" + marker + "\",\"content\":\"\",\"userId\":" + user + "},"
                        + "{\"title\":\"\",\"content\":null,\"userId\":" + user + "},"
                        + "{\"title\":\"x\",\"content\":\"\",\"userId\":0},"
                        + "7,"
                        + "{\"titel\":\"x\"},null,"
                        + "{\"title\":\"x\",\"content\":\"\",\"userId\":\"1\"}]")
                .post("/posts")
                .then()
                .statusCode(422)
                .body("type", is("/problems/validation"))
                .body("badRows", is(6))
                .body("detail", is("6 rows are bad. Nothing is stored."))
                .body(
                        "errors.findAll { it.pointer != '#/2/userId' }.collect { it.pointer + ' ' + it.code }",
                        contains(
                                "#/1/content required",
                                "#/1/title size",
                                "#/3 type",
                                "#/4/titel unknown",
                                "#/5 type",
                                "#/6/userId type"))
                .body("errors.find { it.pointer == '#/2/userId' }.detail", is("names a row that does not exist"));
        request().get("/users/" + user + "/posts").then().body("$", hasSize(0));
    }

    @Test
    void namesEveryBadLineOfAStream() {
        long user = Given.user();
        var body = line("One", user) + "\n{\"title\":\n\n" + line("", user) + "\n" + line("x", 0) + "\n{} {}\n";
        send(NDJSON, "/posts", body)
                .then()
                .statusCode(422)
                .body("badRows", is(4))
                .body("errors.line", contains(2, 4, 6, 5))
                .body("errors.pointer", contains("#", "#/title", "#", "#/userId"))
                .body("errors.code", contains("malformed", "size", "malformed", "unknown"))
                .body("errors[0].detail", containsString("is not valid JSON at column"));
        var csv = "userId,title,content\n" + user + ",One,\n1,2\n" + user + ",\"\",\"\n\"\nx,Two,\n0,Three,\n";
        send(CSV, "/posts", csv)
                .then()
                .statusCode(422)
                .body("badRows", is(4))
                .body("errors.line", contains(3, 4, 6, 7))
                .body("errors.code", contains("malformed", "size", "type", "unknown"))
                .body("errors[0].detail", is("has 2 cells where the first line has 3"))
                .body("errors[2].detail", is("must be a whole number"));
        request().get("/users/" + user + "/posts").then().body("$", hasSize(0));
    }

    /// A place for an import that is not given back is lost until the next start.
    @Test
    void givesBackThePlaceOfAnImportThatCannotBeRead() {
        long user = Given.user();
        var firstLines = List.of(
                "", "\"title", "\"title\"x", "title,title", "title,,", "titel", "\u0000", "\"" + "x".repeat(2 << 20));
        for (var line : firstLines) {
            for (int i = 0; i < 3; i++) { // more than there are places
                send(CSV, "/posts", line).then().statusCode(allOf(greaterThanOrEqualTo(400), lessThan(500)));
            }
        }
        for (int i = 0; i < 3; i++) {
            byte[] notUtf8 = {'t', 'i', 't', 'l', 'e', '\n', (byte) 0xff, '\n'};
            request().contentType(CSV).body(notUtf8).post("/posts").then().statusCode(400);
        }
        send(CSV, "/posts", "userId,title,content\n" + user + ",One,Text\n")
                .then()
                .statusCode(200);
    }

    @Test
    void namesAHundredBadRowsAndCountsTheOthers() {
        var lines = IntStream.range(0, 12_000).mapToObj(i -> line("x", 0)).collect(Collectors.joining("\n"));
        send(NDJSON, "/posts", lines)
                .then()
                .statusCode(422)
                .body("badRows", is(12_000))
                .body("errors", hasSize(100))
                .body("errors[99].line", is(100))
                .body("detail", is("12000 rows are bad; errors names the first 100. Nothing is stored."));
    }

    @Test
    void storesNothingOfManyBatchesWhenTheLastRowIsBad() {
        long user = Given.user();
        var lines = IntStream.range(0, 12_000).mapToObj(i -> line("x", user)).collect(Collectors.joining("\n"));
        send(NDJSON, "/posts", lines + "\n" + line("x", 0))
                .then()
                .statusCode(422)
                .body("badRows", is(1))
                .body("detail", is("One row is bad. Nothing is stored."))
                .body("errors[0].line", is(12_001));
        request().get("/users/" + user + "/posts").then().body("$", hasSize(0));
        send(NDJSON, "/posts", lines).then().statusCode(200).body("created", is(12_000));
    }

    @Test
    void storesEveryCharacterAsItIs() {
        long user = Given.user();
        var text =
                "back\\slash \\N \\. tab\t line\n return\r quote\" ' comma, \u00e9 \u4e2d \ud83d\ude00 \u0001 \u2028";
        json(List.of(Map.of("title", text, "content", text, "userId", user)))
                .post("/posts")
                .then()
                .statusCode(200)
                .body("[0].content", is(text));
        request()
                .get("/users/" + user + "/posts")
                .then()
                .body("[0].title", is(text))
                .body("[0].content", is(text));
    }

    @Test
    void takesWhatTheServiceHasAnswered() {
        long user = Given.user();
        var row = request().get("/posts/" + Given.post(user, "Copied")).asString();
        json("[" + row + "]").post("/posts").then().statusCode(200).body("[0].title", is("Copied"));
        send(NDJSON, "/posts", row).then().statusCode(200).body("created", is(1));
        send(CSV, "/posts", "\ufeffid,title,content,userId,version\n7,Copied,x," + user + ",3")
                .then()
                .statusCode(200)
                .body("created", is(1));
    }

    @Test
    void rehearsesAndAnswersBriefly() {
        long user = Given.user();
        json(List.of(post("One", user)))
                .header("Prefer", "tx=rollback, return=minimal")
                .post("/posts")
                .then()
                .statusCode(200)
                .header("Preference-Applied", "return=minimal, tx=rollback")
                .body("created", is(1));
        request()
                .contentType(NDJSON)
                .body(line("One", user).getBytes())
                .header("Prefer", "tx=rollback")
                .post("/posts")
                .then()
                .header("Preference-Applied", "tx=rollback")
                .body("created", is(1));
        request().get("/users/" + user + "/posts").then().body("$", hasSize(0));
        var many = IntStream.range(0, 1001).mapToObj(i -> post("x", user)).toList();
        json(many).post("/posts").then().statusCode(200).body("created", is(1001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[{]", "[] []", "[{\"name\":\"x\"},]", "[{\"name\":\"x\",\"name\":\"y\"}]"})
    void refusesAnArrayThatIsNone(String body) {
        json(body).post("/users").then().statusCode(400).body("type", is("/problems/malformed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                     | 400 | The body is empty: its first line must name the members.
                    `name,name`            | 400 | The first line must name each member once, with commas between them.
                    `name,`                | 400 | The first line must name each member once, with commas between them.
                    """)
    void refusesAFirstLineThatNamesNoMembers(String body, int status, String detail) {
        send(CSV, "/users", body).then().statusCode(status).body("detail", is(detail));
    }

    @Test
    void refusesCsvThatCannotBeRead() {
        send(CSV, "/users", "name,aeg\nAda,3\nEve,4\n")
                .then()
                .statusCode(422)
                .body("badRows", is(1))
                .body("errors[0].line", is(1))
                .body("errors[0].pointer", is("#/aeg"))
                .body("errors[0].detail", is("did you mean age?"));
        send(CSV, "/users", "name\nAda\n\"Eve")
                .then()
                .statusCode(400)
                .body("detail", is("Line 3 is not CSV: a quote is left open, or stands amid a cell."));
        request()
                .contentType(CSV)
                .body("name\ncaf\u00e9".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .post("/users")
                .then()
                .statusCode(400);
        send(CSV, "/users", "name\n\"" + "x".repeat(3 << 20)).then().statusCode(413);
    }

    @Test
    void refusesALineThatIsTooLong() {
        send(NDJSON, "/users", "{}\n{\"name\":\"" + "x".repeat(3 << 20) + "\"}")
                .then()
                .statusCode(413)
                .body("detail", is("Line 2 has more than 1048576 bytes."));
    }

    @Test
    void takesStreamsOnlyWhereRowsAreCreated() {
        long user = Given.user();
        request()
                .contentType(NDJSON)
                .body("{}".getBytes())
                .put("/users/" + user)
                .then()
                .statusCode(415);
        request().contentType(CSV).body("x").post("/users/" + user).then().statusCode(405);
        request().contentType(CSV).body("x").post("/nowhere").then().statusCode(404);
        json("[]").put("/users/" + user).then().statusCode(422);
        request()
                .contentType("text/plain")
                .body("x")
                .post("/users")
                .then()
                .statusCode(415)
                .body("detail", containsString("application/x-ndjson or text/csv"));
    }

    @Test
    void costsAFixedNumberOfStatementsABatch() {
        long user = Given.user();
        var lines = IntStream.range(0, 4000).mapToObj(i -> line("x", user)).collect(Collectors.joining("\n"));
        send(NDJSON, "/posts", lines).then().header("Server-Timing", containsString("desc=\"3 statements\""));
        request().get("/posts/0").then().body("errors", nullValue());
    }

    private static Response send(String type, String path, String body) {
        return request()
                .contentType(type)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(path);
    }

    private static Map<String, Object> post(String title, long user) {
        return Map.of("title", title, "content", "Text", "userId", user);
    }

    private static String line(String title, long user) {
        return "{\"title\":\"" + title + "\",\"content\":\"Text\",\"userId\":" + user + "}";
    }
}
