package dev.byline.platform.query;

import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ParameterErrors;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the parameters that are filters: the name of a field, alone or with an operator.
final class FilterParser {

    private static final int MAX_FILTERS = 20;
    private static final int MAX_VALUES = 100;

    /// A filter without its values.
    record Condition(Field field, Operator operator) {}

    private final Map<String, Condition> conditions;
    private final ParameterErrors errors;

    FilterParser(QueryFields<?> of, ParameterErrors errors) {
        this.conditions = of.conditions();
        this.errors = errors;
    }

    Set<String> names() {
        return conditions.keySet();
    }

    List<Filter> read(Map<String, List<String>> sent) {
        var filters = sent.entrySet().stream()
                .filter(parameter -> conditions.containsKey(parameter.getKey()))
                .map(parameter -> filter(parameter.getKey(), parameter.getValue()))
                .toList();
        if (filters.size() > MAX_FILTERS) {
            errors.add(
                    filters.getLast().parameter(),
                    "size",
                    "is one of " + filters.size() + " filters; a query may have " + MAX_FILTERS);
        }
        return filters;
    }

    private Filter filter(String name, List<String> values) {
        var condition = conditions.get(name);
        if (values.size() > 1 && !condition.operator.takesMany()) {
            errors.add(name, "repeated", "may stand only once");
        } else if (values.size() > MAX_VALUES) {
            errors.add(name, "size", "may stand " + MAX_VALUES + " times at most");
        }
        var parsed = values.stream()
                .distinct()
                .map(value -> value(name, value, condition))
                .toList();
        var filter = new Filter(condition.field, condition.operator, parsed);
        return condition.field.type() == Type.TIME ? filter.inMicroseconds(errors) : filter;
    }

    private Object value(String name, String value, Condition condition) {
        if (condition.operator == Operator.NULL) {
            if (!value.equals("true") && !value.equals("false")) {
                errors.add(name, "type", "must be true or false, not " + shown(value));
            }
            return value.equals("true");
        }
        if (condition.operator.isPattern() && value.codePointCount(0, value.length()) < Operator.MIN_PATTERN) {
            errors.add(name, "size", "must have at least " + Operator.MIN_PATTERN + " characters, not " + shown(value));
        }
        try {
            var parsed = condition.field.type().parse(value);
            if (condition.operator.fitsAll(condition.field, parsed)) {
                errors.add(name, "range", shown(value) + " fits every row: leave the filter out, or give it a value");
            }
            return parsed;
        } catch (IllegalArgumentException e) {
            errors.add(name, "type", condition.field.type().expectation + ", not " + shown(value));
            return value;
        }
    }

    /// A client's value, as error messages quote it.
    static String shown(String value) {
        return "'" + Excerpt.of(value) + "'";
    }
}
