package dev.byline.failure;

import java.util.Optional;
import java.util.stream.Stream;

/// Looks below the wrappings of an exception.
final class Causes {

    /// A chain of causes may be a ring.
    private static final int DEEPEST = 20;

    private Causes() {}

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    static Throwable deepest(Throwable failure) {
        return chain(failure).reduce((wrapping, cause) -> cause).orElse(failure);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
