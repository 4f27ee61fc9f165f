package dev.byline.platform.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import dev.byline.post.Post;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The rows that fit the filters of a list are read, counted, changed and deleted by the same query of their entity.
@QuarkusTest
class RowsTest {

    private final String mark = UUID.randomUUID().toString();

    @Test
    void changesAndDeletesTheRowsThatFit() {
        long user = Given.user("Ada " + mark, 36);
        Given.post(user, "One");
        Given.post(user, "Two");
        var mine = matching("userId", String.valueOf(user), "title:ne", "Two");
        var theirs = matching("user.name", "Ada " + mark);
        QuarkusTransaction.requiringNew().run(() -> {
            assertEquals(1, mine.change(Map.of("title", "Two")));
            assertEquals(0, mine.count());
            assertEquals(2, theirs.count());
            assertEquals(2, theirs.delete());
        });
    }

    private static Rows<Post> matching(String... conditions) {
        var parameters = new HashMap<String, List<String>>();
        for (int i = 0; i < conditions.length; i += 2) {
            parameters.put(conditions[i], List.of(conditions[i + 1]));
        }
        return Post.matching(Post.FIELDS.condition(parameters));
    }
}
