package dev.byline.user;

import dev.byline.platform.bulk.RowImport;
import dev.byline.platform.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Users that come many at a time.
record UserImport() implements RowImport<UserInput, UserView> {

    @Override
    public List<Optional<ProblemException>> check(List<UserInput> inputs) {
        return Collections.nCopies(inputs.size(), Optional.empty()); // they name no other rows
    }

    @Override
    public List<UserView> store(List<UserInput> inputs) {
        var users = inputs.stream().map(input -> input.writeTo(new User())).toList();
        User.createAll(users);
        return users.stream().map(UserView::of).toList();
    }
}
