package dev.byline.post;

import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.entity.EntitySupport;
import dev.byline.platform.security.WriteScope;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/posts")
@Tag(name = "posts")
@WriteScope("posts:write")
public class PostResource extends EntityResource<Post, PostInput, PostView> {

    PostResource(EntitySupport support) {
        super(support, Post.FIELDS, Post::new, Post::get, Post::matching, PostInput.class, PostView::of);
    }

    @Override
    protected Optional<Long> owner(Post post) {
        return Optional.of(post.user.id);
    }
}
