package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A question about rows, as {@link QueryFields#query} has read it.
///
/// @param text what to search for, null for nothing
/// @param limit the most rows to answer with, null where the request names none
/// @param cursor where to go on, as the client has sent it, or null
/// @param fields what to answer with of each row
/// @param embed the rows that each row is to carry along
public record Query(
        QueryFields<?> of,
        List<Filter> filters,
        String text,
        Order order,
        Integer limit,
        int offset,
        String cursor,
        List<Field> fields,
        Set<String> embed) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 1000;
    public static final int MAX_OFFSET = 10_000;

    /// The same question about those rows only that have this value.
    public Query and(Field field, Object value) {
        var more = new ArrayList<>(filters);
        more.add(new Filter(field, Operator.EQ, List.of(value)));
        return new Query(of, more, text, order, limit, offset, cursor, fields, embed);
    }

    /// Whether there is no condition, so that every row fits.
    public boolean fitsAll() {
        return text == null && filters.isEmpty();
    }

    public Where where() {
        var where = new Where();
        if (text != null) {
            Search.add(text, where);
        }
        filters.forEach(filter -> filter.addTo(where));
        return where;
    }

    public int pageSize() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    /// What is read of each row: what clients see, and behind it what tells its place and its state.
    List<Field> columns() {
        var columns = new LinkedHashSet<>(fields);
        columns.addAll(versionColumns());
        return List.copyOf(columns);
    }

    /// What tells the place of a row and its state.
    List<Field> versionColumns() {
        var columns = new LinkedHashSet<Field>();
        order.keys().forEach(key -> columns.add(key.field()));
        columns.addAll(versions());
        return List.copyOf(columns);
    }

    /// What of each answered row may be long.
    List<Field> large() {
        return fields.stream().filter(Field::isLarge).toList();
    }

    /// Which row it is, and how often it and those that it carries along have changed.
    List<Field> versions() {
        return Stream.concat(
                        Stream.of("id", "version"),
                        of.embeddable().stream()
                                .filter(row -> fields.stream()
                                        .anyMatch(field -> field.name().startsWith(row + ".")))
                                .map(row -> row + ".version"))
                .map(name -> of.field(name).orElseThrow())
                .toList();
    }

    /// What makes a cursor this query's: the rows it is about, and their order. How many are wanted at a time, and
    /// what of them, may change on the way.
    String identity() {
        var conditions = filters.stream().map(Filter::identity).sorted().collect(joining("&"));
        return String.join("\n", of.name(), conditions, text == null ? "" : "q=" + text, order.toString());
    }

    boolean isBackward() {
        return place().map(Cursor::backward).orElse(false);
    }

    /// Where to go on.
    ///
    /// @throws ProblemException 400 when the cursor is not one of this query
    Optional<Cursor> place() {
        try {
            return Optional.ofNullable(cursor).map(text -> Cursor.parse(text, this));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    List.of(Violation.ofParameter(
                            "cursor", "invalid", "is damaged, or of another query: begin again without it")));
        }
    }
}
