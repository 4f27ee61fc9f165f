package dev.byline.http;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
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
    @ValueSource(strings = {"\"0\"", "W/\"1\"", "\"", "1", ""})
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
                .body("detail", containsString("version 1"));
        json("{\"name\":\"Eve\"}")
                .header("If-Match", seen)
                .put("/users/" + id)
                .then()
                .statusCode(412);
        request().header("If-Match", seen).delete("/users/" + id).then().statusCode(412);
        request().get("/users/" + id).then().body("age", is(37)).body("name", is("Ada"));
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
