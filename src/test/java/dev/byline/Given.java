package dev.byline;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes the data of the tests, over HTTP. Each test makes its own and asserts on nothing else, so that tests need no
/// order, no cleaning, and no empty database.
public final class Given {

    private Given() {}

    /// @return the id of a new user
    public static long user() {
        return user("Ada " + UUID.randomUUID(), 36);
    }

    public static long user(String name, Integer age) {
        var user = new HashMap<String, Object>();
        user.put("name", name);
        user.put("age", age);
        return created("/users", user);
    }

    /// @return the id of a new post
    public static long post(long userId) {
        return post(userId, "On " + UUID.randomUUID());
    }

    public static long post(long userId, String title) {
        return created("/posts", Map.of("title", title, "content", "Text", "userId", userId));
    }

    /// Creates a post for each of these lengths of its content, in one request.
    ///
    /// @return their ids, in the same order
    public static List<Integer> postsOfLength(long userId, List<Integer> lengths) {
        var mark = "Long-" + UUID.randomUUID();
        var lines = lengths.stream()
                .map(length -> "{\"title\":\"%s\",\"content\":\"%s\",\"userId\":%d}\n"
                        .formatted(mark, "x".repeat(length), userId))
                .collect(joining());
        request()
                .contentType("application/x-ndjson")
                .body(lines.getBytes(UTF_8))
                .post("/posts")
                .then()
                .statusCode(200);
        return request()
                .get("/users/" + userId + "/posts?limit=300&fields=id&sort=id&title=" + mark)
                .jsonPath()
                .getList("id", Integer.class);
    }

    /// @return the id of a new row
    public static long created(String path, Map<String, ?> body) {
        return Api.idOfCreated(json(body).post(path));
    }
}
