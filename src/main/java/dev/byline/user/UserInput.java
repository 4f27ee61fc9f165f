package dev.byline.user;

import dev.byline.platform.entity.EntityInput;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/// What a client sends for a user.
public record UserInput(
        @Schema(examples = "John Doe") @NotNull @CodePointLength(min = 1, max = 100)
        String name,

        @Schema(nullable = true, examples = "30") @Min(0) @Max(150)
        Integer age)
        implements EntityInput<User> {

    @Override
    public User writeTo(User user) {
        user.name = name;
        user.age = age;
        return user;
    }
}
