package dev.byline.platform.bulk;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.query.Field;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// How rows of one kind come to be, many at a time.
///
/// @param <I> what a client says of a row
/// @param <V> what a client sees of it
/// @param preparation what the path says of each of them, before its values are looked at; it may throw a
/// {@link ProblemException} where the row says something else
/// @param references the members that name rows of other entities
/// @param store stores the rows and answers with them
public record RowImport<I extends Record, V>(
        Class<I> type, UnaryOperator<I> preparation, Collection<Field> references, Function<List<I>, List<V>> store) {}
