package dev.byline.platform.query;

import static dev.byline.Api.json;
import static dev.byline.Api.link;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class PageTest {

    @Test
    void answersWithTheFieldsThatAreAskedFor() {
        long user = Given.user("Ada", null);
        Given.post(user, "Hello");
        var path = "/users/" + user + "/posts?fields=";
        assertEquals("[{\"title\":\"Hello\"}]", request().get(path + "title").asString());
        assertEquals(
                "[{\"title\":\"Hello\",\"user\":{\"name\":\"Ada\",\"age\":null}}]",
                request().get(path + "title,user.name,user.age").asString());
        request()
                .get(path + "title&embed=user")
                .then()
                .body("[0].keySet()", is(Set.of("title", "user")))
                .body("[0].user.id", is((int) user));
        request().get("/users?fields=age&embed=posts&id=" + user).then().body("[0].posts[0].title", is("Hello"));
    }

    @Test
    void countsOnlyWhenAsked() {
        long user = Given.user();
        Given.post(user);
        Given.post(user);
        var path = "/posts?limit=1&userId=" + user;
        request().get(path).then().header("X-Total-Count", nullValue()).header("Preference-Applied", nullValue());
        request()
                .header("Prefer", "count=exact")
                .get(path)
                .then()
                .body("", hasSize(1))
                .header("X-Total-Count", is("2"))
                .header("Preference-Applied", is("count=exact"));
        var estimate = request()
                .header("Prefer", "count=estimated")
                .get("/posts?title:contains=xyz")
                .then()
                .statusCode(200)
                .header("Preference-Applied", is("count=estimated"))
                .extract()
                .header("X-Total-Count");
        assertTrue(Long.parseLong(estimate) >= 0, estimate);
        request().header("Prefer", "count=exakt").get(path).then().statusCode(400);
    }

    @Test
    void sendsAPageOnceUntilItChanges() {
        long user = Given.user();
        long post = Given.post(user, "Before");
        Given.post(user);
        for (var query : List.of("", "&embed=user", "&fields=title", "&limit=1", "&sort=-title&limit=1&offset=1")) {
            var path = "/posts?userId=" + user + query;
            var tag = request().get(path).then().statusCode(200).extract().header("ETag");
            request()
                    .header("If-None-Match", tag)
                    .get(path)
                    .then()
                    .statusCode(304)
                    .header("ETag", is(tag))
                    .body(is(emptyString()));
            request().header("If-None-Match", "W/\"x\"").get(path).then().statusCode(200);
        }
        var tag = request().get("/posts?userId=" + user).header("ETag");
        json(Map.of("title", "After")).patch("/posts/" + post).then().statusCode(200);
        request()
                .header("If-None-Match", tag)
                .get("/posts?userId=" + user)
                .then()
                .statusCode(200)
                .header("ETag", not(tag));

        var embedded = "/posts?embed=user&userId=" + user;
        tag = request().get(embedded).header("ETag");
        json(Map.of("age", 1)).patch("/users/" + user).then().statusCode(200);
        request().header("If-None-Match", tag).get(embedded).then().statusCode(200);

        var first = "/posts?limit=2&userId=" + user;
        tag = request().get(first).header("ETag");
        Given.post(user);
        request().header("If-None-Match", tag).get(first).then().statusCode(200); // it has a next page now
    }

    @Test
    void findsTextsByTheirWords() {
        long user = Given.user();
        var titles = Map.of(
                "Native images", "Small and quick to start",
                "Docker", "A native image in a container",
                "Soup", "Nothing about computers");
        titles.forEach((title, content) -> json(Map.of("title", title, "content", content, "userId", user))
                .post("/posts")
                .then()
                .statusCode(201));
        var found = new ArrayList<List<String>>();
        for (var q : List.of(
                "native image", "\"native image\" -docker", "soups or docker", "of the", "!!! ???", "-native", "'")) {
            found.add(request()
                    .queryParam("q", q)
                    .get("/users/" + user + "/posts")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("title"));
        }
        assertEquals(List.of("Native images", "Docker"), found.get(0)); // what the title says counts more
        assertEquals(List.of("Native images"), found.get(1));
        assertEquals(Set.of("Soup", "Docker"), Set.copyOf(found.get(2)));
        assertEquals(List.of(), found.get(3));
        assertEquals(List.of(), found.get(4));
        assertEquals(List.of("Soup"), found.get(5));
        assertEquals(List.of(), found.get(6));
    }

    @Test
    void sortsAndWalksWhatASearchHasFound() {
        long user = Given.user();
        for (int i = 0; i < 5; i++) {
            Given.post(user, "Walk " + "walk ".repeat(i % 3) + i);
        }
        var path = "/users/" + user + "/posts?q=walk";
        var all = request().get(path).jsonPath().getList("id");
        assertEquals(5, all.size());
        var walked = new ArrayList<>();
        for (var next = path + "&limit=2"; next != null; ) {
            var page = request().urlEncodingEnabled(false).get(next);
            walked.addAll(page.then().statusCode(200).extract().jsonPath().getList("id"));
            next = link(page, "next");
        }
        assertEquals(all, walked);
        var byId = request().get(path + "&sort=-id").jsonPath().getList("id", Integer.class);
        assertEquals(byId.stream().sorted((a, b) -> b - a).toList(), byId);
        request().header("Prefer", "count=exact").get(path).then().header("X-Total-Count", is("5"));
    }

    @Test
    void refusesASearchForNothing() {
        request().get("/posts?q=").then().statusCode(400).body("errors[0].parameter", is("q"));
        request().queryParam("q", "x".repeat(1001)).get("/posts").then().statusCode(400);
        request().get("/users?q=x").then().statusCode(400).body("errors[0].code", is("unknown"));
    }

    @Test
    void storesEveryTextThatIsAllowed() {
        long user = Given.user();
        for (var word : List.of("a-b-c-d-", "😀 ", "ä/b.c ", "http://x.y/z?", "𝒳𝓎-")) {
            var content = word.repeat(100_000 / word.codePointCount(0, word.length()));
            json(Map.of("title", "Odd", "content", content, "userId", user))
                    .post("/posts")
                    .then()
                    .statusCode(201);
        }
        var random = new Random(1);
        var words = new StringBuilder();
        while (words.length() < 99_990) {
            words.append(Integer.toString(random.nextInt(46_656), 36)).append("-é ");
        }
        json(Map.of("title", "Odd", "content", words.toString(), "userId", user))
                .post("/posts")
                .then()
                .statusCode(201);
        request().get("/users/" + user + "/posts?fields=id").then().body("size()", lessThan(7));
    }
}
