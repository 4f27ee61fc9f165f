package dev.byline.user;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/// What a client says of a user. The members that are the server's may come back with it and are ignored.
@Schema(name = "UserInput")
@JsonIgnoreProperties({"id", "createdAt", "updatedAt", "version", "posts"})
public record UserInput(
        @Schema(minLength = 1, maxLength = 100, examples = "John Doe") @NotNull @CodePointLength(min = 1, max = 100)
        String name,

        @Schema(nullable = true, examples = "30") @Min(0) @Max(150)
        Integer age) {

    static UserInput of(User user) {
        return new UserInput(user.name, user.age);
    }

    User writeTo(User user) {
        user.name = name;
        user.age = age;
        return user;
    }
}
