package dev.byline.post;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a client sees of a post.
@Schema(name = "Post")
public record PostView(
        long id, String title, String content, long userId, Instant createdAt, Instant updatedAt, long version) {

    static PostView of(Post post) {
        return new PostView(
                post.id, post.title, post.content, post.user.id, post.createdAt, post.updatedAt, post.version);
    }
}
