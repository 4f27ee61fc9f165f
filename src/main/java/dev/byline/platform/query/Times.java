package dev.byline.platform.query;

import dev.byline.platform.problem.ParameterErrors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Compares stored times, which have microseconds, with more precise times.
final class Times {

    private static final int NANOS_OF_MICRO = 1000;

    private Times() {}

    /// An equivalent filter in microseconds: exactly the same rows fit it.
    ///
    /// @param filter of a time
    /// @param errors receives an error if the filter asks for equality with a time that no row can have
    static Filter inMicroseconds(Filter filter, ParameterErrors errors) {
        if (filter.values().stream().noneMatch(Times::isFiner)) {
            return filter;
        }
        var operator =
                switch (filter.operator()) {
                    case GT, GTE -> Operator.GT;
                    case LT, LTE -> Operator.LTE;
                    default -> {
                        errors.add(
                                filter.operator().parameter(filter.field().name()),
                                "range",
                                "a row's time has six decimals of a second at most");
                        yield filter.operator();
                    }
                };
        var before = ((Instant) filter.values().getFirst()).truncatedTo(ChronoUnit.MICROS);
        return new Filter(filter.field(), operator, List.of(before));
    }

    private static boolean isFiner(Object value) {
        return value instanceof Instant time && time.getNano() % NANOS_OF_MICRO != 0;
    }
}
