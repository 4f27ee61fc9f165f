package dev.byline.comment;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Comment")
public record CommentView(
        long id, String text, long postId, long userId, Instant createdAt, Instant updatedAt, long version) {

    static CommentView of(Comment of) {
        return new CommentView(of.id, of.text, of.post.id, of.user.id, of.createdAt, of.updatedAt, of.version);
    }
}
