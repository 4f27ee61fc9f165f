package dev.byline.query;

import static dev.byline.problem.Problem.Violation.ofParameter;

import dev.byline.problem.Nearest;
import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the parameters of a request as a query, and collects what is wrong with them.
final class QueryReader {

    /// Together, names and values. What is longer is no question of a person.
    private static final int MAX_LENGTH = 8000;

    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;
    private static final int MAX_KEYS = 5;
    private static final int MAX_SEARCH = 1000;

    private record Condition(Field field, Operator operator) {}

    private final Queryable<?> of;
    private final Collection<String> embeddable;
    private final List<Violation> errors = new ArrayList<>();

    QueryReader(Queryable<?> of, List<String> members) {
        this.of = of;
        this.embeddable =
                Stream.concat(of.embeddable().stream(), members.stream()).toList();
    }

    Query read(Map<String, List<String>> sent) {
        var known = of.isSearchable()
                ? Set.of("limit", "offset", "cursor", "sort", "fields", "embed", "q")
                : Set.of("limit", "offset", "cursor", "sort", "fields", "embed");
        var conditions = check(sent, known);
        var filters = filters(sent, conditions);
        var text = text(one(sent, "q"));
        var query = new Query(
                of,
                filters,
                text,
                order(one(sent, "sort"), text != null),
                number(one(sent, "limit"), "limit", 1, Query.MAX_LIMIT),
                offset(sent),
                one(sent, "cursor"),
                fields(one(sent, "fields"), one(sent, "embed")),
                embed(one(sent, "embed")));
        refuseErrors();
        return query;
    }

    Where readWhere(Map<String, List<String>> sent) {
        var conditions = check(sent, of.isSearchable() ? Set.of("q") : Set.of());
        var where = new Where();
        var text = text(one(sent, "q"));
        if (text != null) {
            Search.add(text, where);
        }
        filters(sent, conditions).forEach(filter -> filter.addTo(where));
        refuseErrors();
        return where;
    }

    private void refuseErrors() {
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.PARAMETER, errors);
        }
    }

    /// Refuses what is unknown, stands too often or is too much. @return the filters that there can be
    private Map<String, Condition> check(Map<String, List<String>> sent, Set<String> others) {
        var conditions = of.fields().stream()
                .flatMap(field -> field.operators().stream().map(operator -> new Condition(field, operator)))
                .collect(Collectors.toMap(
                        condition -> condition.operator.parameter(condition.field.name()), Function.identity()));
        int length = sent.entrySet().stream()
                .mapToInt(parameter -> parameter.getValue().stream()
                        .mapToInt(value -> parameter.getKey().length() + value.length())
                        .sum())
                .sum();
        if (length > MAX_LENGTH) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    "The query has " + length + " characters; it may have " + MAX_LENGTH + " at most.");
        }
        sent.forEach((name, values) -> {
            var condition = conditions.get(name);
            if (condition == null && !others.contains(name)) {
                errors.add(ofParameter(name, "unknown", hint(name, conditions.keySet(), others)));
            } else if (values.size() > 1 && (condition == null || !condition.operator.takesMany())) {
                errors.add(ofParameter(name, "repeated", "may stand only once"));
            } else if (values.size() > MAX_VALUES) {
                errors.add(ofParameter(name, "size", "may stand " + MAX_VALUES + " times at most"));
            }
        });
        if (sent.keySet().stream().filter(conditions::containsKey).count() > MAX_FILTERS) {
            throw new ProblemException(
                    ProblemType.PARAMETER, "A query may have " + MAX_FILTERS + " different filters at most.");
        }
        return conditions;
    }

    /// The whole list, where nothing is near, is that of the fields: with every operator it would be endless.
    private String hint(String name, Set<String> conditions, Set<String> others) {
        var known = Stream.concat(conditions.stream(), others.stream()).sorted().toList();
        var hint = Nearest.hint(name, known);
        var names = Stream.concat(
                of.fields().stream().map(Field::name), others.stream().sorted());
        return hint.startsWith("known: ") ? "known: " + names.collect(Collectors.joining(", ")) : hint;
    }

    private static String one(Map<String, List<String>> sent, String name) {
        var values = sent.get(name);
        return values == null ? null : values.getFirst();
    }

    private List<Filter> filters(Map<String, List<String>> sent, Map<String, Condition> conditions) {
        var filters = new ArrayList<Filter>();
        sent.forEach((name, values) -> {
            var condition = conditions.get(name);
            if (condition != null) {
                filters.add(filter(name, values, condition));
            }
        });
        return filters;
    }

    private Filter filter(String name, List<String> values, Condition condition) {
        var parsed = values.stream()
                .distinct()
                .map(value -> value(name, value, condition))
                .toList();
        return new Filter(condition.field, condition.operator, parsed);
    }

    private Object value(String name, String value, Condition condition) {
        if (condition.operator == Operator.NULL) {
            if (!value.equals("true") && !value.equals("false")) {
                errors.add(ofParameter(name, "type", "must be true or false, not '" + shortened(value) + "'"));
            }
            return value.equals("true");
        }
        try {
            return condition.field.type().parse(value);
        } catch (IllegalArgumentException e) {
            var expectation = condition.field.type().expectation;
            errors.add(ofParameter(name, "type", expectation + ", not '" + shortened(value) + "'"));
            return value;
        }
    }

    private static String shortened(String value) {
        return value.length() <= 50 ? value : value.substring(0, 50) + "…";
    }

    private String text(String value) {
        if (value != null && (value.isBlank() || value.length() > MAX_SEARCH || value.indexOf('\0') >= 0)) {
            errors.add(ofParameter("q", "size", "must be 1 to " + MAX_SEARCH + " characters to search for"));
        }
        return value;
    }

    private Order order(String value, boolean searches) {
        var keys = new ArrayList<Order.Key>();
        if (value == null && searches) {
            keys.add(new Order.Key(Search.RANK, true));
        } else if (value != null) {
            var names = value.split(",", -1);
            if (names.length > MAX_KEYS) {
                errors.add(ofParameter("sort", "size", "may name " + MAX_KEYS + " fields at most"));
            }
            Arrays.stream(names).limit(MAX_KEYS).forEach(name -> addKey(name, keys));
        }
        return Order.by(keys, of.id());
    }

    private void addKey(String key, List<Order.Key> keys) {
        var name = key.startsWith("-") ? key.substring(1) : key;
        var sortable =
                of.fields().stream().filter(Field::isSortable).map(Field::name).toList();
        if (!sortable.contains(name)) {
            errors.add(ofParameter("sort", "unknown", "'" + shortened(name) + "': " + Nearest.hint(name, sortable)));
        } else if (keys.stream().anyMatch(other -> other.field().name().equals(name))) {
            errors.add(ofParameter("sort", "repeated", name + " may stand only once"));
        } else {
            keys.add(new Order.Key(of.field(name).orElseThrow(), key.startsWith("-")));
        }
    }

    private int offset(Map<String, List<String>> sent) {
        var value = one(sent, "offset");
        if (value == null) {
            return 0;
        }
        if (sent.containsKey("cursor")) {
            errors.add(ofParameter("offset", "conflict", "a cursor has its own place: send one of both"));
        }
        var offset = number(value, "offset", 0, Query.MAX_OFFSET);
        return offset == null ? 0 : offset;
    }

    private Integer number(String value, String name, int least, int most) {
        if (value == null) {
            return null;
        }
        // At most five digits, so that it fits an int.
        int number = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            var further = name.equals("offset") ? "; walk further with the cursor in Link" : "";
            errors.add(ofParameter(name, "range", "must be a whole number from " + least + " to " + most + further));
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
                                () -> errors.add(ofParameter(
                                        "fields",
                                        "unknown",
                                        "'" + shortened(name) + "': " + Nearest.hint(name, names))));
            }
        }
        if (embed != null && of.embeddable().contains(embed)) {
            picked.addAll(of.of(embed));
        }
        return List.copyOf(picked);
    }

    private Set<String> embed(String value) {
        if (value == null) {
            return Set.of();
        }
        if (!embeddable.contains(value)) {
            errors.add(ofParameter("embed", "unknown", Nearest.hint(value, embeddable)));
        }
        return Set.of(value);
    }
}
