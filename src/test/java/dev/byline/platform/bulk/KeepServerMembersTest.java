package dev.byline.platform.bulk;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Api;
import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An import of what another database has exported: its rows keep their ids, times and versions.
@QuarkusTest
public class KeepServerMembersTest {

    private static final String KEEP = "server-members=keep";
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";

    /// Of a user that was never there. Its line is bad in no other way.
    private static final String TIMES =
            "\"createdAt\":\"2001-02-03T04:05:06.000007Z\",\"updatedAt\":\"2002-02-03T04:05:06Z\"";

    @ParameterizedTest
    @ValueSource(strings = {NDJSON, CSV})
    void storesWhatWasExportedAsItWas(String type) {
        long user = Given.user("Ada", null);
        long changed = Given.post(user, "=\"Changed\",\n\u00e9");
        long deleted = Given.post(user);
        long newest = Given.post(user);
        json(Map.of("content", "Twice")).patch("/posts/" + changed).then().statusCode(200);
        json(Map.of("age", 36)).patch("/users/" + user).then().statusCode(200);
        request().delete("/posts/" + deleted).then().statusCode(204);
        var users = exported(type, "/users?id=" + user);
        var posts = exported(type, "/posts?userId=" + user);
        request().delete("/posts?userId=" + user).then().statusCode(200);
        request().delete("/users/" + user).then().statusCode(204);

        keep(type, "/users", users).then().statusCode(200).header("Preference-Applied", KEEP);
        keep(type, "/posts/import", posts).then().statusCode(200).body("created", is(2));

        assertEquals(users, exported(type, "/users?id=" + user));
        assertEquals(posts, exported(type, "/posts?userId=" + user));
        request().get("/users/" + user).then().header("ETag", "\"1\"").body("version", is(1));
        assertTrue(Given.user() > user, "the id of a new user is greater");
        assertTrue(Given.post(user) > newest, "the id of a new post is greater");
    }

    @Test
    void answersWithTheRowsOfAnArrayAsTheyAreStored() {
        long id = unused();
        var row = "{\"id\":" + id + ",\"name\":\"Eve\"," + TIMES + ",\"version\":7}";
        json("[" + row + "]")
                .header("Prefer", KEEP + ", tx=rollback")
                .post("/users")
                .then()
                .statusCode(200)
                .header("Preference-Applied", "tx=rollback, " + KEEP)
                .body("[0].id", is((int) id));
        request().get("/users/" + id).then().statusCode(404);
        json("[" + row + "]")
                .header("Prefer", KEEP)
                .post("/users")
                .then()
                .statusCode(200)
                .body("[0].id", is((int) id))
                .body("[0].createdAt", is("2001-02-03T04:05:06.000007Z"))
                .body("[0].updatedAt", is("2002-02-03T04:05:06Z"))
                .body("[0].version", is(7));
        request()
                .get("/users/" + id)
                .then()
                .header("ETag", "\"7\"")
                .body("createdAt", is("2001-02-03T04:05:06.000007Z"));
        json(Map.of("age", 1)).patch("/users/" + id).then().statusCode(200).body("version", is(8));
    }

    /// All ids that the service would take next are kept, more of them than it takes at a time.
    @Test
    void givesNoLaterRowAnIdThatWasKept() {
        long first = Given.user() + 1;
        long last = first + 299;
        var ids = LongStream.rangeClosed(first, last).boxed().collect(Collectors.toCollection(ArrayList::new));
        ids.removeAll(Api.ids(request().get("/users?limit=1000&fields=id&id:gte=" + first + "&id:lte=" + last)));
        keep(NDJSON, "/users", lines(ids)).then().statusCode(200).body("created", is(ids.size()));
        for (int i = 0; i < 3; i++) {
            assertTrue(Given.user() > last, "the id of a new user is greater");
        }
        var many = IntStream.range(0, 60).mapToObj(i -> Map.of("name", "Ada")).toList();
        var created = Api.ids(json(many).post("/users"));
        assertTrue(created.stream().allMatch(id -> id > last), "the ids of many new users are greater");
    }

    @Test
    void refusesTheWholeWithEveryBadRow() {
        long free = unused();
        long taken = Given.user();
        var body = """
                {"id":%1$d,"name":"Good",%3$s,"version":0}
                {"name":"Bad"}
                {"id":0,"name":"Bad",%3$s,"version":-1}
                {"id":"7","name":"Bad",%3$s,"version":1.5}
                {"id":2147483648,"name":"Bad",%3$s,"version":9223372036854775808}
                {"id":%2$d,"name":"Bad","createdAt":"yesterday","updatedAt":7,"version":0}
                {"id":%2$d,"name":"Bad",%3$s,"version":0}
                {"id":%1$d,"name":"Bad",%3$s,"version":0}
                {"id":null,"name":"Bad","createdAt":null,"updatedAt":null,"version":null}
                """.formatted(free, taken, TIMES);
        keep(NDJSON, "/users", body)
                .then()
                .statusCode(422)
                .body("badRows", is(8))
                .body(
                        "errors.collect { it.line + ' ' + it.pointer + ' ' + it.code }.sort()",
                        contains(
                                "2 #/createdAt required",
                                "2 #/id required",
                                "2 #/updatedAt required",
                                "2 #/version required",
                                "3 #/id range",
                                "3 #/version range",
                                "4 #/id type",
                                "4 #/version type",
                                "5 #/id range",
                                "5 #/version range",
                                "6 #/createdAt format",
                                "6 #/updatedAt format",
                                "7 #/id conflict",
                                "8 #/id conflict",
                                "9 #/createdAt required",
                                "9 #/id required",
                                "9 #/updatedAt required",
                                "9 #/version required"))
                .body("errors.find { it.line == 7 }.detail", is("is the id of another row"))
                .body(
                        "errors.find { it.pointer == '#/id' && it.line == 5 }.detail",
                        is("must be from 1 to 2147483647"));
        keep(CSV, "/users", "id,name,age,createdAt,updatedAt,version\nx,Bad,,,,\n")
                .then()
                .statusCode(422)
                .body(
                        "errors.collect { it.pointer + ' ' + it.code }.sort()",
                        contains("#/createdAt format", "#/id type", "#/updatedAt format", "#/version required"));
        request().get("/users/" + free).then().statusCode(404);
    }

    @Test
    void isForAdminsOnly() {
        var owner = Tokens.of(UUID.randomUUID().toString(), "users:write posts:write");
        long user = as(owner)
                .contentType("application/json")
                .body(Map.of("name", "Ada"))
                .post("/users")
                .jsonPath()
                .getLong("id");
        var path = "/users/" + user + "/posts";
        var rows = "[{\"id\":1,\"title\":\"x\",\"content\":\"\"," + TIMES + ",\"version\":0}]";
        for (var each : List.of(path, path + "/import", "/posts", "/users")) {
            as(owner)
                    .contentType("application/json")
                    .header("Prefer", KEEP)
                    .body(rows)
                    .post(each)
                    .then()
                    .statusCode(403);
        }
        anonymous()
                .contentType("application/json")
                .header("Prefer", KEEP)
                .body(rows)
                .post("/posts")
                .then()
                .statusCode(401);
        as(owner).contentType("application/json").body(rows).post(path).then().statusCode(200);
    }

    @Test
    void isForImportsOnly() {
        long user = Given.user("Ada", 36);
        var row = Map.of("name", "Eve");
        for (var refused : List.of(
                json(row).header("Prefer", KEEP).post("/users"),
                json(row).header("Prefer", KEEP).put("/users/" + user),
                json(row).header("Prefer", KEEP).patch("/users/" + user),
                json(row).header("Prefer", KEEP).patch("/users?id=" + user),
                request().header("Prefer", KEEP).delete("/users/" + user),
                request().header("Prefer", KEEP).delete("/users?id=" + user))) {
            refused.then()
                    .statusCode(400)
                    .body("errors[0].parameter", is("Prefer"))
                    .body("errors[0].code", is("conflict"))
                    .body("errors[0].detail", is("server-members is for a POST of many rows"));
        }
        request().get("/users/" + user).then().body("name", is("Ada")).body("version", is(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    server-members=kep                | unknown   | server-members: did you mean keep?
                    server-members                    | unknown   | server-members: known: keep
                    return=minimal; server-members=keep | malformed | server-members is a preference of its own: put a comma before it, not a semicolon
                    """)
    void importsNothingWhenItDoesNotKnowWhatToKeep(String prefer, String code, String detail) {
        json("[{\"name\":\"Eve\"}]")
                .header("Prefer", prefer)
                .post("/users")
                .then()
                .statusCode(400)
                .body("errors[0].code", is(code))
                .body("errors[0].detail", is(detail));
    }

    @Test
    void isAnotherRequestWithTheSameIdempotencyKey() {
        var key = UUID.randomUUID().toString();
        var rows = "[{\"id\":" + unused() + ",\"name\":\"Eve\"," + TIMES + ",\"version\":0}]";
        json(rows)
                .header("Idempotency-Key", key)
                .post("/users")
                .then()
                .statusCode(200)
                .body("[0].version", is(0));
        json(rows)
                .header("Idempotency-Key", key)
                .header("Prefer", KEEP)
                .post("/users")
                .then()
                .statusCode(422)
                .header("Idempotency-Replayed", nullValue());
    }

    /// An id of a user that was deleted, so that no other row has it.
    private static long unused() {
        long id = Given.user();
        request().delete("/users/" + id).then().statusCode(204);
        return id;
    }

    private static String lines(List<Long> ids) {
        return ids.stream()
                .map(id -> "{\"id\":" + id + ",\"name\":\"Eve\"," + TIMES + ",\"version\":0}\n")
                .collect(Collectors.joining());
    }

    private static String exported(String type, String path) {
        return request().accept(type).get(path).then().statusCode(200).extract().asString();
    }

    private static Response keep(String type, String path, String body) {
        return request()
                .contentType(type)
                .header("Prefer", KEEP)
                .body(body.getBytes(UTF_8))
                .post(path);
    }
}
