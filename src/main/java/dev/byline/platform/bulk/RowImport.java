package dev.byline.platform.bulk;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.query.Field;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// How to create many rows of one entity at a time.
///
/// @param entity that of the rows
/// @param preparation adds the values of the path to each row before it is validated; it may throw a
/// {@link ProblemException} if the row contradicts the path
/// @param references the members that refer to rows of other entities
/// @param store stores the rows and returns them
public record RowImport<I extends Record, V>(
        Class<?> entity,
        Class<I> type,
        UnaryOperator<I> preparation,
        Collection<Field> references,
        Function<List<NewRow<I>>, List<V>> store) {}
