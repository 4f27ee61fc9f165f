package dev.byline.platform.persistence;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static dev.byline.OnlyOn.Database.MARIADB;
import static dev.byline.OnlyOn.Database.MYSQL;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import dev.byline.OnlyOn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many statements a request costs is part of the contract, and is the same for one row and a thousand.
@QuarkusTest
public class StatementsTest {

    private static final Pattern TIMING =
            Pattern.compile("db;dur=[\\d.]+;desc=\"(\\d+) statements?\", pool;dur=[\\d.]+");

    @ParameterizedTest
    @CsvSource({
        "/users, 1",
        "/users?limit=1000, 1",
        "/users?embed=posts, 2",
        "/users?limit=1000&embed=posts, 2",
        "/posts?userId={user}, 1",
        "/posts?userId={user}&embed=user, 1",
        "/posts?userId={user}&limit=1000&embed=user, 1",
        "/posts?limit=1000&fields=id, 1",
        "/posts?userId={user}&user.name:startsWith=ada&sort=-user.name&embed=user, 1",
        "/posts?userId={user}&q=text&limit=1000, 1",
        "/users?sort=-age&offset=1&fields=id&embed=posts, 2",
        "/problems, 0"
    })
    void readsAListInAConstantNumberOfStatements(String path, int statements) {
        long user = 0;
        for (int users = 0; users < 3; users++) {
            user = Given.user();
            Given.post(user);
            Given.post(user);
        }
        assertEquals(statements, statements(request().get(path.replace("{user}", String.valueOf(user)))));
    }

    @Test
    void readsAPageWithALongTextInOneStatementMore() {
        long user = Given.user();
        Given.postsOfLength(user, List.of(10, 100_000));
        assertEquals(2, statements(request().get("/users/" + user + "/posts?limit=20")));
        assertEquals(1, statements(request().get("/users/" + user + "/posts?limit=20&fields=title")));
        assertEquals(1, statements(request().get("/users/" + user + "/posts?limit=1000")));
    }

    @Test
    void countsAndComparesInOneStatementMore() {
        long user = Given.user();
        Given.post(user);
        var own = "/posts?userId=" + user;
        assertEquals(2, statements(request().header("Prefer", "count=exact").get(own)));
        assertEquals(2, statements(request().header("Prefer", "count=estimated").get(own)));
        var tag = request().get(own).header("ETag");
        assertEquals(1, statements(request().header("If-None-Match", tag).get(own)));
        assertEquals(
                2, statements(request().header("If-None-Match", "W/\"old\"").get(own)));
    }

    @Test
    void readsARowInOneStatement() {
        long user = Given.user();
        long post = Given.post(user);
        assertEquals(1, statements(request().get("/users/" + user)));
        assertEquals(1, statements(request().get("/posts/" + post)));
        assertEquals(1, statements(request().get("/posts/" + post + "?embed=user")));
        assertEquals(2, statements(request().get("/users/" + user + "?embed=posts")));
        assertEquals(1, statements(request().get("/users/" + user + "/posts")));
        assertEquals(1, statements(request().get("/users/" + user + "/posts?embed=user")));
        assertEquals(1, statements(request().get("/users/0")));
    }

    @Test
    void writesARowInTwoStatements() {
        long user = Given.user();
        long post = Given.post(user);
        var update = Map.of("title", "x", "content", "y", "userId", user);
        assertEquals(2, statements(json(update).put("/posts/" + post)));
        assertEquals(2, statements(json(Map.of("title", "z")).patch("/posts/" + post)));
        assertEquals(2, statements(request().delete("/posts/" + post)));
        assertEquals(2, statements(request().delete("/users/" + user)));
    }

    @Test
    @OnlyOn(
            value = {POSTGRESQL, MARIADB, MYSQL},
            because = "ids that are taken in blocks")
    void takesIdsInBlocks() {
        long user = Given.user();
        int statements = 0;
        for (int i = 0; i < 100; i++) {
            statements += statements(
                    json(Map.of("title", "x", "content", "y", "userId", user)).post("/posts"));
        }
        // One insert each, and the sequence asked once for fifty; other tests may take ids out of the same blocks.
        assertEquals(102, statements, 4);
    }

    private static int statements(Response answer) {
        answer.then().header("Server-Timing", startsWith("db;dur="));
        var timing = TIMING.matcher(answer.header("Server-Timing"));
        assertEquals(true, timing.matches(), answer.header("Server-Timing"));
        return Integer.parseInt(timing.group(1));
    }
}
