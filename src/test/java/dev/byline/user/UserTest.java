package dev.byline.user;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class UserTest {

    @Test
    void createsAUserAndSaysWhereSheIs() {
        var answer = json("{\"name\":\"John Doe\",\"age\":30}")
                .post("/users")
                .then()
                .statusCode(201)
                .extract();
        long id = answer.jsonPath().getLong("id");

        assertEquals("/users/" + id, answer.header("Location"));
        assertEquals("\"0\"", answer.header("ETag"));
        request()
                .get(answer.header("Location"))
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("name", is("John Doe"))
                .body("age", is(30))
                .body("version", is(0))
                .body(equalTo(answer.asString()));
    }

    @Test
    void createsAUserWithoutAnAge() {
        json("{\"name\":\"Ada\"}").post("/users").then().statusCode(201).body("age", nullValue());
    }

    @Test
    void countsCharactersAsPeopleDo() {
        var hundredSmileys = "😀".repeat(100);
        json(Map.of("name", hundredSmileys))
                .post("/users")
                .then()
                .statusCode(201)
                .body("name", is(hundredSmileys));
        json(Map.of("name", hundredSmileys + "!"))
                .post("/users")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is("#/name"))
                .body("errors[0].code", is("size"))
                .body("errors[0].detail", is("must have 1 to 100 characters"));
    }

    @Test
    void namesEveryInvalidMemberAtOnce() {
        json("{\"name\":\"\",\"age\":151}")
                .post("/users")
                .then()
                .statusCode(422)
                .body("errors.pointer", is(List.of("#/age", "#/name")))
                .body("errors.code", is(List.of("range", "size")));
        json("{\"age\":-1}")
                .post("/users")
                .then()
                .statusCode(422)
                .body("errors.code", is(List.of("range", "required")));
    }

    @Test
    void takesBackWhatItHasSentAndIgnoresWhatIsItsOwn() {
        long id = Given.user();
        var sent = request().get("/users/" + id).as(Map.class);
        json(sent)
                .put("/users/" + id)
                .then()
                .statusCode(200)
                .body("version", is(0))
                .body("id", equalTo((int) id));
        json("{\"name\":\"Eve\",\"id\":1,\"createdAt\":\"2000-01-01T00:00:00Z\"}")
                .put("/users/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo((int) id))
                .body("version", is(1))
                .body("createdAt", is(sent.get("createdAt")));
    }

    @Test
    void replacesTheWholeUser() {
        long id = Given.user("Ada", 36);
        json("{\"name\":\"Ada Lovelace\"}")
                .put("/users/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", is("Ada Lovelace"))
                .body("age", nullValue());
    }

    @Test
    void leavesAbsentMembersAloneAndClearsNullOnes() {
        long id = Given.user("Ada", 36);
        json("{\"name\":\"Augusta\"}")
                .patch("/users/" + id)
                .then()
                .body("age", is(36))
                .body("name", is("Augusta"));
        request()
                .contentType("application/merge-patch+json")
                .body("{\"age\":null}")
                .patch("/users/" + id)
                .then()
                .statusCode(200)
                .body("age", nullValue())
                .body("name", is("Augusta"));
        json("{\"name\":null}").patch("/users/" + id).then().statusCode(422).body("errors[0].code", is("required"));
        json("{\"nmae\":null}")
                .patch("/users/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].detail", is("did you mean name?"));
    }

    @Test
    void keepsTheVersionWhenNothingChanges() {
        long id = Given.user("Ada", 36);
        json("{\"age\":36}").patch("/users/" + id).then().statusCode(200).header("ETag", "\"0\"");
    }

    @Test
    void stampsItsTimesInUtc() {
        long id = Given.user();
        var created = request().get("/users/" + id).jsonPath().getString("createdAt");
        json("{\"age\":1}")
                .patch("/users/" + id)
                .then()
                .body("createdAt", is(created))
                .body("updatedAt", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"));
        var updated = Instant.parse(request().get("/users/" + id).jsonPath().getString("updatedAt"));
        assertTrue(updated.isAfter(Instant.parse(created)));
    }

    @Test
    void deletesAUserWithoutPosts() {
        long id = Given.user();
        request().delete("/users/" + id).then().statusCode(204);
        request().get("/users/" + id).then().statusCode(404).body("detail", is("There is no user " + id));
        request().delete("/users/" + id).then().statusCode(404);
    }

    @Test
    void refusesToDeleteAUserWithPostsAndSaysWhatToDo() {
        long id = Given.user();
        long post = Given.post(id);
        request()
                .delete("/users/" + id)
                .then()
                .statusCode(409)
                .body("type", is("/problems/referenced"))
                .body("detail", containsString("There are still posts of /users/" + id))
                .body("detail", containsString("DELETE /posts/{id}"));
        request().delete("/posts/" + post).then().statusCode(204);
        request().delete("/users/" + id).then().statusCode(204);
    }

    @Test
    void listsUsersInTheOrderOfTheirIdsUpToTheLimit() {
        Given.user();
        Given.user();
        var ids = request()
                .get("/users?limit=2")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("id", Long.class);
        assertEquals(2, ids.size());
        assertEquals(ids.stream().sorted().toList(), ids);
        request().get("/users").then().body("size()", lessThanOrEqualTo(20));
    }

    @Test
    void embedsTheTenNewestPosts() {
        long id = Given.user();
        for (int i = 1; i <= 12; i++) {
            Given.post(id, "Post " + i);
        }
        request()
                .get("/users/" + id + "?embed=posts")
                .then()
                .statusCode(200)
                .body("posts", hasSize(10))
                .body("posts[0].title", is("Post 12"))
                .body("posts[9].title", is("Post 3"))
                .body("posts[0].id", greaterThan(0));
        long lonely = Given.user();
        request().get("/users/" + lonely + "?embed=posts").then().body("posts", hasSize(0));
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        long id = Given.user();
        request()
                .head("/users/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body(is(""));
        request().head("/users").then().statusCode(200).body(is(""));
        request().head("/users/0").then().statusCode(404);
    }
}
