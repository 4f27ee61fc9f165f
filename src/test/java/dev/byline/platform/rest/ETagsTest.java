package dev.byline.platform.rest;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class ETagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "W/\"0\"", "*", "\"7\", \"0\""})
    void sendsNothingTwice(String known) {
        long id = Given.user();
        request()
                .header("If-None-Match", known)
                .get("/users/" + id)
                .then()
                .statusCode(304)
                .header("ETag", "\"0\"")
                .body(is(emptyString()));
        request().header("If-None-Match", known).head("/users/" + id).then().statusCode(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "0", "\"", "garbage,,,"})
    void sendsWhatTheClientDoesNotHave(String known) {
        request()
                .header("If-None-Match", known)
                .get("/users/" + Given.user())
                .then()
                .statusCode(200);
    }

    @Test
    void writesOverTheVersionThatTheClientHasSeen() {
        long id = Given.user();
        json("{\"age\":1}")
                .header("If-Match", "\"0\"")
                .patch("/users/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        json("{\"name\":\"A\"}")
                .header("If-Match", "\"9\", \"1\"")
                .put("/users/" + id)
                .then()
                .statusCode(200);
        request().header("If-Match", "*").delete("/users/" + id).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "W/\"0\"", "W/\"1\"", "\"1-gzip\"", "\"0\", \"2\""})
    void refusesToOverwriteANewerVersion(String seen) {
        long id = Given.user("Ada", 36);
        json("{\"age\":37}").patch("/users/" + id).then().statusCode(200);

        json("{\"age\":38}")
                .header("If-Match", seen)
                .patch("/users/" + id)
                .then()
                .statusCode(412)
                .header("ETag", "\"1\"")
                .body("type", is("/problems/stale"))
                .body("detail", containsString(seen.startsWith("W/") ? "weak" : "version 1"));
        json("{\"name\":\"Eve\"}")
                .header("If-Match", seen)
                .put("/users/" + id)
                .then()
                .statusCode(412);
        request().header("If-Match", seen).delete("/users/" + id).then().statusCode(412);
        request().get("/users/" + id).then().body("age", is(37)).body("name", is("Ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "\"", "\"1", "1\"", "w/\"1\"", "*, \"1\"", "\"1\" \"2\"", "'1'", ","})
    void saysWhatIsWrongWithATag(String seen) {
        long id = Given.user();
        for (var method : List.of("PATCH", "PUT", "DELETE", "GET", "HEAD")) {
            var answer = (method.startsWith("P") ? json("{\"name\":\"Eve\"}") : request())
                    .header("If-Match", seen)
                    .request(method, "/users/" + id);
            answer.then().statusCode(400);
            if (!method.equals("HEAD")) {
                answer.then()
                        .body("errors[0].parameter", is("If-Match"))
                        .body("errors[0].detail", startsWith("must be * or entity tags"));
            }
        }
        json("{\"name\":\"Eve\"}")
                .header("If-None-Match", seen)
                .patch("/users/" + id)
                .then()
                .statusCode(400);
        request().get("/users/" + id).then().body("version", is(0));
    }

    @Test
    void readsOnlyTheVersionThatTheClientHasSeen() {
        long id = Given.user();
        var list = request().get("/users?id=" + id).header("ETag");
        for (var method : List.of("GET", "HEAD")) {
            for (var seen : List.of("\"0\"", "*", "\"7\", \"0\"")) {
                request()
                        .header("If-Match", seen)
                        .request(method, "/users/" + id)
                        .then()
                        .statusCode(200);
            }
            for (var seen : List.of("\"1\"", "W/\"0\"")) {
                request()
                        .header("If-Match", seen)
                        .request(method, "/users/" + id)
                        .then()
                        .statusCode(412)
                        .header("ETag", "\"0\"");
            }
            // Weak tags never fit, and an embedded row or an export has none at all.
            for (var path :
                    List.of("/users?id=" + id, "/users/" + id + "?embed=posts", "/problems", "/problems/stale")) {
                request().header("If-Match", list).request(method, path).then().statusCode(412);
                request().header("If-Match", "*").request(method, path).then().statusCode(200);
            }
        }
        request()
                .header("If-Match", "\"0\"")
                .header("If-None-Match", "\"0\"")
                .get("/users/" + id)
                .then()
                .statusCode(304);
        request()
                .header("If-Match", list)
                .accept("text/csv")
                .get("/users?id=" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void comparesTheTagsOfListsWeakly() {
        long id = Given.user();
        var tag = request().get("/users?id=" + id).header("ETag");
        for (var seen : List.of(tag, tag.substring(2), "\"x,y\", " + tag, "*")) {
            request()
                    .header("If-None-Match", seen)
                    .get("/users?id=" + id)
                    .then()
                    .statusCode(304);
        }
        for (var other : List.of("\"x\"", "W/\"x," + tag.substring(3), "x")) {
            request()
                    .header("If-None-Match", other)
                    .get("/users?id=" + id)
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void takesNoConditionWhereItCannotBeChecked() {
        long id = Given.user();
        for (var header : List.of("If-Match", "If-None-Match")) {
            json("{\"name\":\"Eve\"}")
                    .header(header, "\"0\"")
                    .post("/users")
                    .then()
                    .statusCode(400)
                    .body("errors[0].parameter", is(header));
            json("{\"name\":\"Eve\"}")
                    .header(header, "*")
                    .patch("/users?id=" + id)
                    .then()
                    .statusCode(400);
            request().header(header, "*").delete("/users?id=" + id).then().statusCode(400);
        }
        request().get("/users/" + id).then().body("version", is(0));
    }

    @Test
    void givesNoTagToWhatIsNotStored() {
        long id = Given.user();
        var rehearsals = List.of(
                json("{\"age\":9}").header("Prefer", "tx=rollback").patch("/users/" + id),
                json("{\"name\":\"A\"}").header("Prefer", "tx=rollback").put("/users/" + id),
                json("{\"name\":\"A\"}")
                        .header("Prefer", "return=minimal, TX=Rollback")
                        .put("/users/" + id),
                json("{\"name\":\"A\"}").header("Prefer", "tx=rollback").post("/users"),
                json("{\"name\":\"A\"}")
                        .header("Prefer", "tx=rollback, return=minimal")
                        .post("/users"),
                json("{\"title\":\"A\",\"content\":\"\"}")
                        .header("Prefer", "tx=rollback")
                        .post("/users/" + id + "/posts"),
                json("{\"age\":9}")
                        .header("Prefer", "tx=rollback")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .patch("/users/" + id),
                request().header("Prefer", "tx=rollback, return=representation").delete("/users/" + id),
                request().header("Prefer", "return=representation").delete("/users/" + id));
        for (var answer : rehearsals) {
            assertTrue(answer.statusCode() < 300, answer.asString());
            assertNull(answer.header("ETag"));
            assertNull(answer.header("Location"));
        }
        request().get("/users/" + id).then().statusCode(404);
    }

    @Test
    void refusesAWriteThatWantsNoRowThere() {
        long id = Given.user();
        json("{\"age\":38}")
                .header("If-None-Match", "*")
                .patch("/users/" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void givesNoTagWithEmbeddedRows() {
        long id = Given.user();
        request()
                .header("If-None-Match", "\"0\"")
                .get("/users/" + id + "?embed=posts")
                .then()
                .statusCode(200)
                .header("ETag", is((String) null));
    }
}
