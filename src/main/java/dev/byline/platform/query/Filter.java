package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.problem.ParameterErrors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// One condition of a query. A row must fit all of them.
///
/// @param values at least one; several only where the operator takes many
record Filter(Field field, Operator operator, List<Object> values) {

    /// An equivalent filter of a time in microseconds, which stored times have: exactly the same rows fit it.
    ///
    /// @param errors receives an error if the filter asks for equality with a time that no row can have
    Filter inMicroseconds(ParameterErrors errors) {
        if (values.stream().noneMatch(Filter::isFiner)) {
            return this;
        }
        var before = ((Instant) values.getFirst()).truncatedTo(ChronoUnit.MICROS);
        return switch (operator) {
            case GT, GTE -> new Filter(field, Operator.GT, List.of(before));
            case LT, LTE -> new Filter(field, Operator.LTE, List.of(before));
            default -> {
                errors.add(parameter(), "range", "a row's time has six decimals of a second at most");
                yield this;
            }
        };
    }

    private static boolean isFiner(Object value) {
        return value instanceof Instant time && !time.equals(time.truncatedTo(ChronoUnit.MICROS));
    }

    String parameter() {
        return operator.parameter(field.name());
    }

    void addTo(Where where) {
        where.and(
                switch (operator) {
                    case EQ -> among("=", "in", where);
                    case NE -> orNull(among("<>", "not in", where));
                    case GT -> compare(">", where);
                    case GTE -> compare(">=", where);
                    case LT -> compare("<", where);
                    case LTE -> compare("<=", where);
                    case CONTAINS -> like("%", where);
                    case STARTS_WITH -> like("", where);
                    case NULL -> field.path() + (values.getFirst().equals(true) ? " is null" : " is not null");
                });
    }

    private String among(String one, String many, Where where) {
        return values.size() == 1 ? compare(one, where) : field.path() + " " + many + " (" + where.bind(values) + ")";
    }

    private String compare(String sign, Where where) {
        return field.path() + " " + sign + " " + where.bind(values.getFirst());
    }

    /// A row without a value differs from this one. SQL's `<>` would leave it out.
    private String orNull(String condition) {
        return field.isNullable() ? "(" + field.path() + " is null or " + condition + ")" : condition;
    }

    private String like(String before, Where where) {
        return values.stream()
                .map(value ->
                        field.path() + " ilike " + where.bind(before + literal((String) value) + "%") + " escape '!'")
                .collect(joining(" or ", "(", ")"));
    }

    /// The text, escaped, so that the pattern matches nothing else.
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /// A text that differs between different filters. The length before each value separates it from the next.
    String identity() {
        return parameter()
                + values.stream()
                        .map(value -> "=" + value.toString().length() + ":" + value)
                        .collect(joining());
    }
}
