package dev.byline.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a client sees of a user.
///
/// @param posts with `?embed=posts` only: the newest ten, as the post package shows them
@Schema(
        name = "User",
        requiredProperties = {"id", "name", "age", "createdAt", "updatedAt", "version"})
public record UserView(
        long id,
        String name,
        @Schema(nullable = true) Integer age,
        Instant createdAt,
        Instant updatedAt,
        long version,

        @Schema(ref = "EmbeddedPosts") @JsonInclude(JsonInclude.Include.NON_NULL)
        List<?> posts) {

    public static UserView of(User user) {
        return of(user, null);
    }

    static UserView of(User user, List<?> posts) {
        return new UserView(user.id, user.name, user.age, user.createdAt, user.updatedAt, user.version, posts);
    }
}
