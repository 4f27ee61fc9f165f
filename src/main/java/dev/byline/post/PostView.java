package dev.byline.post;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.byline.user.UserView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a client sees of a post.
///
/// @param user with `?embed=user` only
@Schema(
        name = "Post",
        requiredProperties = {"id", "title", "content", "userId", "createdAt", "updatedAt", "version"})
public record PostView(
        long id,
        String title,
        String content,
        long userId,
        Instant createdAt,
        Instant updatedAt,
        long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) UserView user) {

    static PostView of(Post post) {
        return of(post, null);
    }

    static PostView withUser(Post post) {
        return of(post, UserView.of(post.user));
    }

    static List<PostView> all(List<Post> posts) {
        return posts.stream().map(PostView::of).toList();
    }

    private static PostView of(Post post, UserView user) {
        return new PostView(
                post.id, post.title, post.content, post.user.id, post.createdAt, post.updatedAt, post.version, user);
    }
}
