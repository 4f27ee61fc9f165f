package dev.byline.post;

import static dev.byline.platform.problem.ProblemType.VALIDATION;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.user.User;
import jakarta.validation.constraints.NotNull;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/// What a client says of a post. The members that are the server's may come back with it and are ignored.
@Schema(name = "PostInput")
@JsonIgnoreProperties({"id", "createdAt", "updatedAt", "version", "user"})
public record PostInput(
        @Schema(minLength = 1, maxLength = 200, examples = "Hello") @NotNull @CodePointLength(min = 1, max = 200)
        String title,

        @Schema(maxLength = 100_000, examples = "My first post.") @NotNull @CodePointLength(max = 100_000)
        String content,

        @Schema(examples = "1") @NotNull Long userId) {

    /// The input for a post of this user, whose id may be left out where the path has it already.
    ///
    /// @throws ProblemException 422 when the input names another user
    PostInput by(long user) {
        if (userId != null && userId != user) {
            throw new ProblemException(
                    VALIDATION,
                    List.of(Violation.ofMember(
                            "#/userId", "conflict", "must be " + user + " as in the path, or absent")));
        }
        return new PostInput(title, content, user);
    }

    /// Members as the attributes of the post that they are.
    static Map<String, Object> attributes(Map<String, Object> members) {
        var attributes = new HashMap<>(members);
        var userId = (Long) attributes.remove("userId");
        if (userId != null) {
            attributes.put("user", User.reference(userId));
        }
        return attributes;
    }

    static PostInput of(Post post) {
        return new PostInput(post.title, post.content, post.user.id);
    }

    Post writeTo(Post post) {
        post.title = title;
        post.content = content;
        post.user = User.reference(userId);
        return post;
    }
}
