package dev.byline.query;

import static dev.byline.problem.Problem.Violation.ofParameter;

import dev.byline.problem.Problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads those parameters that are filters: a field's name, alone or with an operator.
final class FilterReader {

    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;

    private record Condition(Field field, Operator operator) {}

    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final List<Violation> errors;

    /// @param errors where to put what is wrong
    FilterReader(Queryable<?> of, List<Violation> errors) {
        this.errors = errors;
        of.fields().forEach(field -> field.operators()
                .forEach(operator -> conditions.put(operator.parameter(field.name()), new Condition(field, operator))));
    }

    /// The parameters that there can be.
    Set<String> names() {
        return conditions.keySet();
    }

    List<Filter> read(Map<String, List<String>> sent) {
        var filters = sent.entrySet().stream()
                .filter(parameter -> conditions.containsKey(parameter.getKey()))
                .map(parameter -> filter(parameter.getKey(), parameter.getValue()))
                .toList();
        if (filters.size() > MAX_FILTERS) {
            var last = filters.getLast();
            errors.add(ofParameter(
                    last.operator().parameter(last.field().name()),
                    "size",
                    "is one of " + filters.size() + " filters; a query may have " + MAX_FILTERS));
        }
        return filters;
    }

    private Filter filter(String name, List<String> values) {
        var condition = conditions.get(name);
        if (values.size() > 1 && !condition.operator.takesMany()) {
            errors.add(ofParameter(name, "repeated", "may stand only once"));
        } else if (values.size() > MAX_VALUES) {
            errors.add(ofParameter(name, "size", "may stand " + MAX_VALUES + " times at most"));
        }
        var parsed = values.stream()
                .distinct()
                .map(value -> value(name, value, condition))
                .toList();
        return new Filter(condition.field, condition.operator, parsed);
    }

    private Object value(String name, String value, Condition condition) {
        if (condition.operator == Operator.NULL) {
            if (!value.equals("true") && !value.equals("false")) {
                errors.add(ofParameter(name, "type", "must be true or false, not " + shown(value)));
            }
            return value.equals("true");
        }
        try {
            return condition.field.type().parse(value);
        } catch (IllegalArgumentException e) {
            errors.add(ofParameter(name, "type", condition.field.type().expectation + ", not " + shown(value)));
            return value;
        }
    }

    /// A client's value in a sentence.
    static String shown(String value) {
        return value.length() <= 50 ? "'" + value + "'" : "'" + value.substring(0, 50) + "…'";
    }
}
