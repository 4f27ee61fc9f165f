package dev.byline.user;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a client sees of a user.
@Schema(name = "User")
public record UserView(
        long id,
        String name,
        @Schema(nullable = true) Integer age,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static UserView of(User user) {
        return new UserView(user.id, user.name, user.age, user.createdAt, user.updatedAt, user.version);
    }
}
