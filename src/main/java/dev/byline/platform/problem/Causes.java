package dev.byline.platform.problem;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Searches the causes of an exception.
public final class Causes {

    /// A chain of causes may contain a cycle.
    private static final int DEEPEST = 20;

    private Causes() {}

    /// The outermost exception of this type, among the causes and their suppressed exceptions. The transaction
    /// manager reports some failures as suppressed exceptions.
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return of(failure)
                .flatMap(cause -> Stream.concat(Stream.of(cause), suppressed(cause)))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    public static Throwable deepest(Throwable failure) {
        return of(failure).reduce((wrapping, cause) -> cause).orElse(failure);
    }

    /// The first line of its message, without a full stop.
    public static String sentence(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : withoutFullStop(message.strip().lines().findFirst().orElse(""));
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static Stream<Throwable> suppressed(Throwable failure) {
        return Arrays.stream(failure.getSuppressed()).flatMap(Causes::of);
    }

    /// The exception and its causes, from the outside in.
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
