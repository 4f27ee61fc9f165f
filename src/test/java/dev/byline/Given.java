package dev.byline;

import static dev.byline.Api.json;

import java.util.HashMap;
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

    /// @return the id of a new row
    public static long created(String path, Map<String, ?> body) {
        return json(body).post(path).then().statusCode(201).extract().jsonPath().getLong("id");
    }
}
