package dev.byline.platform.write;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `Prefer: return=…` and `Prefer: tx=…`
@QuarkusTest
public class PreferencesTest {

    @Test
    void answersWithoutTheRowWhenAskedTo() {
        json(Map.of("name", "Ada"))
                .header("Prefer", "return=minimal")
                .post("/users")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "return=minimal")
                .header("Location", matchesPattern("/users/\\d+"))
                .header("ETag", "\"0\"")
                .body(emptyString());
        long id = Given.user("Ada", 36);
        json(Map.of("age", 37))
                .header("Prefer", "return=minimal")
                .patch("/users/" + id)
                .then()
                .statusCode(204)
                .header("ETag", "\"1\"");
        json(Map.of("name", "Eve"))
                .header("Prefer", "return=minimal")
                .put("/users/" + id)
                .then()
                .statusCode(204)
                .header("Preference-Applied", "return=minimal");
        request().get("/users/" + id).then().body("name", is("Eve")).body("version", is(2));
    }

    @Test
    void answersWithTheDeletedRowWhenAskedTo() {
        long user = Given.user();
        long post = Given.post(user, "Gone");
        request().delete("/posts/" + Given.post(user)).then().statusCode(204).header("Preference-Applied", nullValue());
        request()
                .header("Prefer", "return=representation")
                .delete("/posts/" + post)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "return=representation")
                .body("title", is("Gone"));
        request().get("/posts/" + post).then().statusCode(404);
    }

    @Test
    void rehearsesEveryKindOfWrite() {
        long user = Given.user("Ada", 36);
        long id = json(Map.of("name", "Ada"))
                .header("Prefer", "tx=rollback")
                .post("/users")
                .then()
                .statusCode(201)
                .header("Preference-Applied", "tx=rollback")
                .extract()
                .jsonPath()
                .getLong("id");
        request().get("/users/" + id).then().statusCode(404);
        json(Map.of("age", 1))
                .header("Prefer", "tx=rollback")
                .patch("/users/" + user)
                .then()
                .statusCode(200)
                .body("version", is(1))
                .body("age", is(1));
        json(Map.of("name", "Eve"))
                .header("Prefer", "tx=rollback")
                .put("/users/" + user)
                .then()
                .body("name", is("Eve"));
        request()
                .header("Prefer", "return=minimal, tx=rollback")
                .delete("/users/" + user)
                .then()
                .statusCode(204)
                .header("Preference-Applied", "return=minimal, tx=rollback");
        request()
                .get("/users/" + user)
                .then()
                .statusCode(200)
                .body("name", is("Ada"))
                .body("version", is(0));
    }

    @Test
    void rehearsesWhatWouldBeRefused() {
        long user = Given.user();
        Given.post(user);
        request()
                .header("Prefer", "tx=rollback")
                .delete("/users/" + user)
                .then()
                .statusCode(409);
        json(Map.of("title", "x", "content", "y", "userId", 0))
                .header("Prefer", "tx=rollback")
                .post("/posts")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is("#/userId"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tx=rolback             | unknown | tx: did you mean rollback?
                    tx                     | unknown | tx: known: commit, rollback
                    foo, tx="Rolback"      | unknown | tx: did you mean rollback?
                    return=minimal; tx=rollback  | malformed | tx is a preference of its own: put a comma before it, not a semicolon
                    respond-async ; TX = rollback  | malformed | tx is a preference of its own: put a comma before it, not a semicolon
                    x=(y), tx=rollback     | malformed | must be a list as in return=minimal, tx=rollback
                    return=everything      | unknown | return: known: minimal, representation
                    """)
    void writesNothingWhenItDoesNotKnowWhatIsPreferred(String prefer, String code, String detail) {
        long user = Given.user("Ada", 36);
        json(Map.of("age", 1))
                .header("Prefer", prefer)
                .patch("/users/" + user)
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("Prefer"))
                .body("errors[0].code", is(code))
                .body("errors[0].detail", is(detail));
        request().get("/users/" + user).then().body("age", is(36));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    respond-async, wait=10                         |
                    RETURN="minimal"; foo="some parameter", x=1    | return=minimal
                    return=minimal, return=representation          | return=minimal
                    tx=commit , , return = minimal                 | return=minimal, tx=commit
                    """)
    void readsPreferencesAsTheRfcWritesThem(String prefer, String applied) {
        json(Map.of("age", 1))
                .header("Prefer", prefer)
                .patch("/users/" + Given.user())
                .then()
                .statusCode(applied == null ? 200 : 204)
                .header("Preference-Applied", is(applied));
    }
}
