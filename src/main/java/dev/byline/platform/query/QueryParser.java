package dev.byline.platform.query;

import dev.byline.platform.http.Digits;
import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ParameterErrors;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the parameters of a request as a query, and collects their errors.
final class QueryParser {

    /// Of all names and values together.
    private static final int MAX_LENGTH = 8000;

    /// Below the limit of the decoder (`QueryString`), which silently drops further parameters: a write by filter
    /// must not lose a condition.
    private static final int MAX_PARAMETERS = 1000;

    private static final int MAX_SEARCH = 1000;

    /// The parameters that are not filters.
    private static final List<String> OF_LISTS = List.of("limit", "offset", "cursor", "sort", "fields", "embed");

    private static final List<String> OF_SEARCHES =
            Stream.concat(OF_LISTS.stream(), Stream.of("q")).toList();

    private final QueryFields<?> of;
    private final Collection<String> members;
    private final ParameterErrors errors = new ParameterErrors();
    private final FilterParser filters;

    QueryParser(QueryFields<?> of, Collection<String> members) {
        this.of = of;
        this.members = members;
        this.filters = new FilterParser(of, errors);
    }

    /// @param values that the rows have, too
    Query read(Map<String, List<String>> sent, Map<Field, Object> values) {
        check(sent, of.isSearchable() ? OF_SEARCHES : OF_LISTS);
        var text = text(one(sent, "q"));
        var query = new Query(
                of,
                filters(sent, values),
                text,
                Order.parse(one(sent, "sort"), text != null, of, errors),
                number(one(sent, "limit"), "limit", 1, Query.MAX_LIMIT),
                offset(sent),
                null,
                fields(one(sent, "fields"), one(sent, "embed")),
                embed(one(sent, "embed")));
        errors.refuse();
        var begun = from(one(sent, "cursor"), query);
        errors.refuse();
        return begun;
    }

    private List<Filter> filters(Map<String, List<String>> sent, Map<Field, Object> values) {
        var given = values.entrySet().stream()
                .map(value -> new Filter(value.getKey(), Operator.EQ, List.of(value.getValue())));
        return Stream.concat(filters.read(sent).stream(), given).toList();
    }

    private Query from(String cursor, Query query) {
        try {
            return cursor == null ? query : query.from(Cursor.parse(cursor, query));
        } catch (IllegalArgumentException e) {
            errors.add("cursor", "invalid", "is damaged, or of another query: begin again without it");
            return query;
        }
    }

    Query readCondition(Map<String, List<String>> sent) {
        check(sent, of.isSearchable() ? List.of("q") : List.of());
        var text = text(one(sent, "q"));
        var conditions = filters.read(sent);
        errors.refuse();
        var order = Order.by(List.of(), of.id());
        return new Query(of, conditions, text, order, null, 0, null, of.own(), null);
    }

    /// Refuses parameters that are unknown, repeated or too long.
    ///
    /// @param others the known parameters that are not filters
    private void check(Map<String, List<String>> sent, List<String> others) {
        int length = 0;
        int number = 0;
        for (var parameter : sent.entrySet()) {
            number += parameter.getValue().size();
            for (var value : parameter.getValue()) {
                length += parameter.getKey().length() + value.length();
            }
        }
        if (length > MAX_LENGTH) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    "The query has " + length + " characters; it may have " + MAX_LENGTH + " at most.");
        }
        if (number > MAX_PARAMETERS) {
            throw new ProblemException(
                    ProblemType.PARAMETER, "The query has more than " + MAX_PARAMETERS + " parameters.");
        }
        sent.forEach((name, values) -> {
            if (!others.contains(name) && !filters.names().contains(name)) {
                errors.add(name, "unknown", () -> hint(name, others));
            } else if (others.contains(name) && values.size() > 1) {
                errors.add(name, "repeated", "may stand only once");
            }
        });
    }

    /// Where no name is near, all are listed without their operators: with them the list would be very long.
    private String hint(String name, List<String> others) {
        var known = Stream.concat(filters.names().stream(), others.stream()).toList();
        return partOfLongText(name).or(() -> OtherApis.hint(name, known)).orElseGet(() -> {
            var names = Stream.concat(of.fields().stream().map(Field::name), others.stream());
            var hint = Nearest.hint(name, known);
            return hint.startsWith("known: ") ? "known: " + names.collect(Collectors.joining(", ")) : hint;
        });
    }

    private Optional<String> partOfLongText(String name) {
        return of.fields().stream()
                .filter(Field::isLarge)
                .filter(field -> Stream.of(Operator.values())
                        .filter(Operator::isPattern)
                        .anyMatch(operator -> operator.parameter(field.name()).equals(name)))
                .map(field -> field.name() + " may be long, and has no such filter"
                        + (of.isSearchable() ? ": q searches for words" : ""))
                .findFirst();
    }

    private static String one(Map<String, List<String>> sent, String name) {
        var values = sent.get(name);
        return values == null ? null : values.getFirst();
    }

    private String text(String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_SEARCH || value.indexOf('\0') >= 0)) {
            errors.add("q", "size", "must be 1 to " + MAX_SEARCH + " characters to search for");
        }
        return value;
    }

    private int offset(Map<String, List<String>> sent) {
        if (sent.containsKey("offset") && sent.containsKey("cursor")) {
            errors.add("offset", "conflict", "a cursor has its own place: send one of both");
        }
        var offset = number(one(sent, "offset"), "offset", 0, Query.MAX_OFFSET);
        return offset == null ? 0 : offset;
    }

    private Integer number(String value, String name, int least, int most) {
        if (value == null) {
            return null;
        }
        // At most five digits, so that it fits an int.
        int number = Digits.isNumber(value, 5) ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            var further = name.equals("offset") ? "; walk further with the cursor in Link" : "";
            errors.add(name, "range", "must be a whole number from " + least + " to " + most + further);
        }
        return number;
    }

    private List<Field> fields(String value, String embed) {
        var picked = new LinkedHashSet<Field>();
        if (value == null) {
            picked.addAll(of.own());
        } else {
            var names = of.fields().stream().map(Field::name).toList();
            for (var name : value.split(",", -1)) {
                of.field(name)
                        .ifPresentOrElse(
                                picked::add,
                                () -> errors.add(
                                        "fields",
                                        "unknown",
                                        () -> FilterParser.shown(name) + ": " + Nearest.hint(name, names)));
            }
        }
        if (embed != null && of.embeddable().contains(embed)) {
            picked.addAll(of.of(embed));
        }
        return List.copyOf(picked);
    }

    private String embed(String value) {
        if (value != null && !of.embeddable(members).contains(value)) {
            errors.add("embed", "unknown", () -> Nearest.hint(value, of.embeddable(members)));
        }
        return value;
    }
}
