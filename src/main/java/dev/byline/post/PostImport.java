package dev.byline.post;

import static dev.byline.platform.problem.ProblemType.VALIDATION;

import dev.byline.platform.bulk.RowImport;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.user.User;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Posts that come many at a time.
///
/// @param preparation what the path says of each of them
record PostImport(UnaryOperator<PostInput> preparation) implements RowImport<PostInput, PostView> {

    private static final Violation NO_SUCH_USER =
            Violation.ofMember("#/userId", "unknown", "names a row that does not exist");

    @Override
    public PostInput prepare(PostInput input) {
        return preparation.apply(input);
    }

    @Override
    public List<Optional<ProblemException>> check(List<PostInput> inputs) {
        var users = User.existing(inputs.stream().map(PostInput::userId).toList());
        return inputs.stream()
                .map(input -> users.contains(input.userId())
                        ? Optional.<ProblemException>empty()
                        : Optional.of(new ProblemException(VALIDATION, List.of(NO_SUCH_USER))))
                .toList();
    }

    @Override
    public List<PostView> store(List<PostInput> inputs) {
        var posts = inputs.stream().map(input -> input.writeTo(new Post())).toList();
        Post.createAll(posts);
        return posts.stream().map(PostView::of).toList();
    }
}
