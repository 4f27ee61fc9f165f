package dev.byline.platform.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.post.Post;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The filters of a list say as well which rows a write is about.
@QuarkusTest
class WhereTest {

    private final String mark = UUID.randomUUID().toString();

    @Test
    void changesAndDeletesTheRowsThatFit() {
        long user = Given.user("Ada " + mark, 36);
        Given.post(user, "One");
        Given.post(user, "Two");
        var mine = Post.FIELDS.where(Map.of("userId", List.of(String.valueOf(user)), "title:ne", List.of("Two")));
        var theirs = Post.FIELDS.where(Map.of("user.name", List.of("Ada " + mark)));
        assertFalse(mine.isEmpty());
        assertTrue(Post.FIELDS.where(Map.of()).isEmpty());
        QuarkusTransaction.requiringNew().run(() -> {
            var parameters = new HashMap<>(mine.parameters());
            parameters.put("title", "Changed");
            assertEquals(1, Post.update("title = :title where " + mine.hql(), parameters));
            assertEquals(2, Post.count(theirs.hql(), theirs.parameters()));
            assertEquals(2, Post.delete(theirs.hql(), theirs.parameters()));
        });
    }
}
