package dev.byline.post;

import dev.byline.platform.entity.EntityInput;
import dev.byline.platform.entity.ParentId;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.user.User;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/// What a client sends for a post.
public record PostInput(
        @Schema(examples = "Hello") @NotNull @CodePointLength(min = 1, max = 200)
        String title,

        @Schema(examples = "My first post.") @NotNull @CodePointLength(max = 100_000)
        String content,

        @Schema(examples = "1") @NotNull Long userId)
        implements EntityInput<Post> {

    PostInput by(long user) {
        return new PostInput(title, content, ParentId.inPath(user, "userId", userId));
    }

    @Override
    public Post writeTo(Post post) {
        post.title = title;
        post.content = content;
        post.user = BaseEntity.reference(User.class, userId);
        return post;
    }
}
