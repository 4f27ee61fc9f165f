package dev.byline.comment;

import dev.byline.platform.entity.ChildResource;
import dev.byline.platform.entity.EntitySupport;
import dev.byline.platform.security.WriteScope;
import dev.byline.post.Post;
import dev.byline.post.PostResource;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The comments on one post, and `/posts?embed=comments`.
@Path("/posts/{id}/comments")
@Tag(name = "comments")
@WriteScope("comments:write")
public class PostCommentsResource extends ChildResource<Post, Comment, CommentInput, CommentView> {

    PostCommentsResource(EntitySupport support, PostResource posts, CommentResource comments) {
        super(support, posts, comments, CommentInput::on, Comment::newestOn);
    }
}
