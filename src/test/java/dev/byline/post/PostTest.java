package dev.byline.post;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class PostTest {

    @Test
    void createsAPost() {
        long user = Given.user();
        var location = json(Map.of("title", "Hello", "content", "", "userId", user))
                .post("/posts")
                .then()
                .statusCode(201)
                .header("ETag", "\"0\"")
                .extract()
                .header("Location");
        request()
                .get(location)
                .then()
                .statusCode(200)
                .body("title", is("Hello"))
                .body("content", is(""))
                .body("userId", is((int) user))
                .body("user", nullValue());
    }

    @Test
    void refusesAPostOfNobody() {
        json(Map.of("title", "Hello", "content", "x", "userId", 0))
                .post("/posts")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", is("#/userId"))
                .body("errors[0].code", is("unknown"));
        long post = Given.post(Given.user());
        json("{\"userId\":0}").patch("/posts/" + post).then().statusCode(422).body("errors[0].pointer", is("#/userId"));
    }

    @Test
    void refusesContentThatIsTooLong() {
        long user = Given.user();
        json(Map.of("title", "x".repeat(200), "content", "x".repeat(100_000), "userId", user))
                .post("/posts")
                .then()
                .statusCode(201);
        json(Map.of("title", "x".repeat(201), "content", "x".repeat(100_001), "userId", user))
                .post("/posts")
                .then()
                .statusCode(422)
                .body("errors.pointer", is(List.of("#/content", "#/title")));
        json("{}")
                .post("/posts")
                .then()
                .statusCode(422)
                .body("errors.code", everyItem(is("required")))
                .body("errors", hasSize(3));
    }

    @Test
    void movesAPostToAnotherUser() {
        long from = Given.user();
        long to = Given.user();
        long post = Given.post(from);
        json(Map.of("userId", to))
                .patch("/posts/" + post)
                .then()
                .statusCode(200)
                .body("userId", is((int) to));
        request().get("/users/" + from + "/posts").then().body("", hasSize(0));
        request().get("/users/" + to + "/posts").then().body("id", is(List.of((int) post)));
    }

    @Test
    void replacesAndDeletesAPost() {
        long user = Given.user();
        long post = Given.post(user);
        json(Map.of("title", "New", "content", "New text", "userId", user))
                .put("/posts/" + post)
                .then()
                .statusCode(200)
                .body("title", is("New"))
                .body("version", is(1));
        request().delete("/posts/" + post).then().statusCode(204);
        request().get("/posts/" + post).then().statusCode(404).body("detail", is("There is no post " + post));
    }

    @Test
    void embedsTheUser() {
        long user = Given.user("Ada", 36);
        long post = Given.post(user);
        request()
                .get("/posts/" + post + "?embed=user")
                .then()
                .statusCode(200)
                .body("user.name", is("Ada"))
                .body("user.id", is((int) user));
        request().get("/posts?embed=user").then().statusCode(200).body("user.name", everyItem(notNullValue()));
        request().get("/posts/0?embed=user").then().statusCode(404);
    }
}
