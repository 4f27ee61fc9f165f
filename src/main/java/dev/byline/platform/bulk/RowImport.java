package dev.byline.platform.bulk;

import dev.byline.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/// How rows of one kind come to be, many at a time.
///
/// @param <I> what a client says of a row
/// @param <V> what a client sees of it
public interface RowImport<I, V> {

    /// The row as it is to be stored, before its values are looked at.
    ///
    /// @throws ProblemException when it says something that does not fit the path
    default I prepare(I input) {
        return input;
    }

    /// What keeps each of these rows from being stored, in their order: rows that they name and that do not exist, for
    /// example. Nobody else changes that before the transaction ends.
    List<Optional<ProblemException>> check(List<I> inputs);

    /// Stores the rows and answers with them.
    List<V> store(List<I> inputs);
}
