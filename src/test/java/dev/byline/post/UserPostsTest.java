package dev.byline.post;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class UserPostsTest {

    @Test
    void listsAUsersPostsInTheOrderOfTheirIds() {
        long user = Given.user("Ada", 36);
        Given.post(user, "First");
        Given.post(Given.user(), "Somebody else's");
        Given.post(user, "Second");
        request().get("/users/" + user + "/posts").then().statusCode(200).body("title", is(List.of("First", "Second")));
        request().get("/users/" + user + "/posts?limit=1").then().body("title", is(List.of("First")));
        request().get("/users/" + user + "/posts?embed=user").then().body("user.name", is(List.of("Ada", "Ada")));
    }

    @Test
    void tellsAUserWithoutPostsFromNoUser() {
        request()
                .get("/users/" + Given.user() + "/posts")
                .then()
                .statusCode(200)
                .body("", hasSize(0));
        request().get("/users/0/posts").then().statusCode(404).body("detail", is("There is no user 0"));
    }

    @Test
    void createsAPostOfTheUserInThePath() {
        long user = Given.user();
        json("{\"title\":\"Hello\",\"content\":\"x\"}")
                .post("/users/" + user + "/posts")
                .then()
                .statusCode(201)
                .body("userId", is((int) user));
        json(Map.of("title", "Hello", "content", "x", "userId", user))
                .post("/users/" + user + "/posts")
                .then()
                .statusCode(201);
    }

    @Test
    void refusesAPostOfAnotherUserThanThePathSays() {
        long user = Given.user();
        json(Map.of("title", "Hello", "content", "x", "userId", user + 1))
                .post("/users/" + user + "/posts")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is("#/userId"));
        json("{\"title\":\"\",\"content\":\"x\"}")
                .post("/users/" + user + "/posts")
                .then()
                .statusCode(422)
                .body("errors[0].code", is("size"));
        json("{\"title\":\"Hello\",\"content\":\"x\"}")
                .post("/users/0/posts")
                .then()
                .statusCode(404);
    }
}
