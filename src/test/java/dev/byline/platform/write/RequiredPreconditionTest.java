package dev.byline.platform.write;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.is;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A deployment that takes no blind write.
@QuarkusTest
@TestProfile(RequiredPreconditionTest.Required.class)
class RequiredPreconditionTest {

    public static class Required implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("byline.http.require-if-match", "true");
        }
    }

    @Test
    void takesNoWriteOfARowThatDoesNotSayWhichVersionItIsAbout() {
        var user = "/users/" + Given.user();
        json(Map.of("age", 1))
                .patch(user)
                .then()
                .statusCode(428)
                .body("type", is("/problems/precondition-required"))
                .body(
                        "detail",
                        is(
                                "Send If-Match with the ETag of the row as you have read it; If-Match: * takes any version."));
        json(Map.of("name", "Eve")).put(user).then().statusCode(428);
        request().delete(user).then().statusCode(428);
        request().get(user).then().statusCode(200).header("ETag", "\"0\"");
        json(Map.of("age", 1)).header("If-Match", "\"0\"").patch(user).then().statusCode(200);
        json(Map.of("age", 2)).header("If-Match", "\"0\"").patch(user).then().statusCode(412);
        request().header("If-Match", "*").delete(user).then().statusCode(204);
    }
}
