package dev.byline.post;

import dev.byline.platform.entity.ChildResource;
import dev.byline.platform.entity.EntitySupport;
import dev.byline.platform.security.OwnerInPath;
import dev.byline.platform.security.WriteScope;
import dev.byline.user.User;
import dev.byline.user.UserResource;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The posts of one user, and `/users?embed=posts`.
@Path("/users/{id}/posts")
@Tag(name = "posts")
@WriteScope("posts:write")
@OwnerInPath
public class UserPostsResource extends ChildResource<User, Post, PostInput, PostView> {

    UserPostsResource(EntitySupport support, UserResource users, PostResource posts) {
        super(support, users, posts, PostInput::by, Post::newestOf);
    }
}
