package dev.byline.comment;

import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.entity.EntitySupport;
import dev.byline.platform.security.WriteScope;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/comments")
@Tag(name = "comments")
@WriteScope("comments:write")
public class CommentResource extends EntityResource<Comment, CommentInput, CommentView> {

    CommentResource(EntitySupport support) {
        super(
                support,
                Comment.FIELDS,
                Comment::new,
                Comment::get,
                Comment::matching,
                CommentInput.class,
                CommentView::of);
    }

    @Override
    protected Optional<Long> owner(Comment comment) {
        return Optional.of(comment.user.id);
    }
}
