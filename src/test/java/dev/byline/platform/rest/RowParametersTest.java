package dev.byline.platform.rest;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.is;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class RowParametersTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", "", "1e2", "99999999999999999999"})
    void refusesALimitThatIsNone(String limit) {
        request()
                .queryParam("limit", limit)
                .get("/users")
                .then()
                .statusCode(400)
                .body("type", is("/problems/parameter"))
                .body("errors[0].parameter", is("limit"))
                .body("errors[0].detail", is("must be a whole number from 1 to 1000"));
    }

    @Test
    void namesWhatWasProbablyMeant() {
        request()
                .get("/posts?limt=3")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("limt"))
                .body("errors[0].code", is("unknown"))
                .body("errors[0].detail", is("did you mean limit?"));
        request().get("/posts?embed=users").then().statusCode(400).body("errors[0].detail", is("did you mean user?"));
        request().get("/users/1?limit=3").then().statusCode(400).body("errors[0].detail", is("known: embed"));
    }

    @Test
    void refusesParametersWhereThereAreNone() {
        request().get("/problems?x=1").then().statusCode(400).body("errors[0].detail", is("none is known here"));
        request().get("/problems/stale?x=1").then().statusCode(400).body("errors[0].parameter", is("x"));
    }

    @Test
    void refusesARepeatedParameter() {
        request().get("/posts?limit=3&limit=4").then().statusCode(400).body("errors[0].code", is("repeated"));
    }

    @Test
    void writesNothingWhenAWriteHasParameters() {
        long id = Given.user("Ada", 36);
        json(Map.of("age", 1)).patch("/users/" + id + "?dry=true").then().statusCode(400);
        request()
                .delete("/users/" + id + "?really=no")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("really"));
        request().get("/users/" + id).then().statusCode(200).body("age", is(36));
    }
}
