package dev.byline.platform.bulk;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that fit a filter, changed and deleted together.
@QuarkusTest
public class FilteredWriteTest {

    /// A client that has lost the value of its filter means another one than all rows.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "title:contains=",
                "title:startsWith=",
                "title:ne=",
                "title:gte=",
                "title:gt=",
                "content:gte=",
                "user.name:ne=",
                "id:ne=",
                "id=",
                "userId:gte=-9223372036854775808",
                "createdAt:gte=0001-01-01T00:00:00Z",
                "q=",
                "q=%20",
                "title:ne=%ff"
            })
    void refusesAConditionThatLeavesNoRowOut(String query) {
        long post = Given.post(Given.user());
        for (var method : List.of("DELETE", "PATCH")) {
            json("{\"content\":\"lost\"}")
                    .header("Prefer", "tx=rollback")
                    .urlEncodingEnabled(false)
                    .request(method, "/posts?" + query)
                    .then()
                    .statusCode(400);
        }
        request().urlEncodingEnabled(false).get("/posts?" + query).then().statusCode(400);
        request().get("/posts/" + post).then().body("version", is(0));
    }

    @Test
    void movesAUsersPosts() {
        long from = Given.user();
        long to = Given.user();
        long first = Given.post(from, "One");
        Given.post(from, "Two");
        long other = Given.post(to, "Other");
        var before = request().get("/posts/" + first).jsonPath();
        json(Map.of("userId", to))
                .patch("/posts?userId=" + from)
                .then()
                .statusCode(200)
                .body("affected", is(2));
        request()
                .get("/users/" + to + "/posts?title=One&title=Two")
                .then()
                .body("title", contains("One", "Two"))
                .body("version", everyItem(is(1)))
                .body("createdAt[0]", is(before.getString("createdAt")));
        assertNotEquals(
                before.getString("updatedAt"),
                request().get("/posts/" + first).jsonPath().getString("updatedAt"));
        request().get("/posts/" + other).then().body("version", is(0));
        request().get("/users/" + from + "/posts").then().body("$", hasSize(0));
        // A change on the version that was seen before is refused, as after any other.
        json(Map.of("title", "x"))
                .header("If-Match", "\"0\"")
                .patch("/posts/" + first)
                .then()
                .statusCode(412);
    }

    @Test
    void deletesWhatFits() {
        long user = Given.user();
        Given.post(user, "Keep");
        Given.post(user, "Drop 1");
        Given.post(user, "Drop 2");
        request()
                .delete("/posts?title:startsWith=Drop&userId=" + user)
                .then()
                .statusCode(200)
                .body("affected", is(2));
        request().get("/users/" + user + "/posts").then().body("title", contains("Keep"));
        request().delete("/posts?userId=" + user).then().body("affected", is(1));
        request().delete("/posts?userId=" + user).then().body("affected", is(0));
    }

    @Test
    void changesUsersTogether() {
        var name = "Together " + UUID.randomUUID();
        long one = Given.user(name, 1);
        Given.user(name, 2);
        request()
                .contentType("application/merge-patch+json")
                .body("{\"age\":null}")
                .patch("/users?name=" + name)
                .then()
                .statusCode(200)
                .body("affected", is(2));
        request().get("/users?name=" + name).then().body("age", everyItem(is((Object) null)));
        Given.post(one);
        request().delete("/users?name=" + name).then().statusCode(409).body("type", is("/problems/referenced"));
        request().get("/users?name=" + name).then().body("$", hasSize(2));
        request().delete("/posts?userId=" + one);
        request().delete("/users?name=" + name).then().body("affected", is(2));
    }

    @Test
    void filtersByWhatARowRefersTo() {
        var name = "Referred " + UUID.randomUUID();
        long user = Given.user(name, 1);
        long post = Given.post(user);
        json(Map.of("title", "New"))
                .patch("/posts?user.name=" + name)
                .then()
                .statusCode(200)
                .body("affected", is(1));
        request().get("/posts/" + post).then().body("title", is("New"));
        request().delete("/posts?user.name=" + name).then().statusCode(200).body("affected", is(1));
    }

    @Test
    void changesNothingWhenMoreRowsFitThanExpected() {
        long user = Given.user();
        Given.post(user, "One");
        Given.post(user, "Two");
        request()
                .header("Prefer", "max-affected=1")
                .delete("/posts?userId=" + user)
                .then()
                .statusCode(409)
                .body("type", is("/problems/too-many-rows"))
                .body("detail", is("2 rows fit, more than max-affected=1. Nothing is changed."));
        json(Map.of("title", "x"))
                .header("Prefer", "max-affected=1")
                .patch("/posts?userId=" + user)
                .then()
                .statusCode(409);
        request().get("/users/" + user + "/posts").then().body("title", contains("One", "Two"));
        request()
                .header("Prefer", "max-affected=2, tx=rollback")
                .delete("/posts?userId=" + user)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "tx=rollback, max-affected=2")
                .body("affected", is(2));
        request().get("/users/" + user + "/posts").then().body("$", hasSize(2));
        request()
                .header("Prefer", "max-affected=few")
                .delete("/posts?userId=" + user)
                .then()
                .statusCode(400)
                .body("errors[0].detail", is("max-affected must be a whole number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/posts", "/users"})
    void touchesNothingWithoutAFilter(String path) {
        request()
                .delete(path)
                .then()
                .statusCode(400)
                .body("detail", is("Say which rows with a filter, as in " + path + "?id=7"));
        json(Map.of("age", 1)).patch(path).then().statusCode(path.equals("/users") ? 400 : 422);
    }

    @ParameterizedTest
    @CsvSource({"usrId=1, unknown", "limit=3, unknown", "userId=x, type", "sort=id, unknown"})
    void touchesNothingWhenTheFilterIsNone(String query, String code) {
        request().delete("/posts?" + query).then().statusCode(400).body("errors[0].code", is(code));
        json(Map.of("title", "x")).patch("/posts?" + query).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"title":""}         | 422 | #/title   | size
                    {"title":null}       | 422 | #/title   | required
                    {"title":5}          | 422 | #/title   | type
                    {"titel":"x"}        | 422 | #/titel   | unknown
                    {"userId":0}         | 422 | #/userId  | unknown
                    """)
    void changesNothingToValuesThatNoRowMayHave(String patch, int status, String pointer, String code) {
        long user = Given.user();
        Given.post(user, "Same");
        json(patch)
                .patch("/posts?userId=" + user)
                .then()
                .statusCode(status)
                .body("errors[0].pointer", is(pointer))
                .body("errors[0].code", is(code));
        request().get("/users/" + user + "/posts").then().body("title", contains("Same"));
    }

    @Test
    void refusesAPatchThatNamesNothing() {
        json("{}")
                .patch("/posts?id=1")
                .then()
                .statusCode(400)
                .body("detail", is("The patch names no member to change."));
        json("{\"id\":3}").patch("/posts?id=1").then().statusCode(400);
        json("").patch("/posts?id=1").then().statusCode(400).body("detail", containsString("The body is empty"));
    }
}
