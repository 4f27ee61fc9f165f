package dev.byline.comment;

import dev.byline.platform.entity.EntityInput;
import dev.byline.platform.entity.ParentId;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.post.Post;
import dev.byline.user.User;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.CodePointLength;

public record CommentInput(
        @NotNull @CodePointLength(min = 1, max = 1000) String text,
        @NotNull Long postId,
        @NotNull Long userId) implements EntityInput<Comment> {

    CommentInput on(long post) {
        return new CommentInput(text, ParentId.inPath(post, "postId", postId), userId);
    }

    @Override
    public Comment writeTo(Comment comment) {
        comment.text = text;
        comment.post = BaseEntity.reference(Post.class, postId);
        comment.user = BaseEntity.reference(User.class, userId);
        return comment;
    }
}
