package dev.byline.platform.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.rest.UnstorableTextException;
import java.util.stream.Collectors;

/// Input that Jackson could not read. Jackson's own messages contain names of classes, so clients do not see them.
final class JsonProblems {

    private JsonProblems() {}

    static ProblemException of(JsonProcessingException unreadable) {
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown -> invalid(unknown, "unknown", nearest(unknown));
            case UnstorableTextException text -> invalid(text, "character", text.getOriginalMessage());
            case MismatchedInputException more
            when more.getOriginalMessage().startsWith("Trailing token") ->
                ProblemException.malformed("Something follows the JSON value.");
            case MismatchedInputException wrong
            when wrong.getTargetType() != null -> invalid(wrong, "type", expected(wrong.getTargetType()));
            case JsonMappingException wrapper
            when wrapper.getCause() instanceof InputCoercionException ->
                invalid(wrapper, "range", "is too large or too small a number");
            case JsonMappingException wrapper
            when wrapper.getCause() instanceof JsonProcessingException cause -> malformed(cause);
            default -> malformed(unreadable);
        };
    }

    private static ProblemException invalid(JsonMappingException at, String code, String detail) {
        return ProblemException.ofMember(pointer(at), code, detail);
    }

    private static ProblemException malformed(JsonProcessingException unreadable) {
        if (unreadable instanceof StreamConstraintsException) {
            return ProblemException.malformed("A number or a name is too long, or the JSON is nested too deep.");
        }
        var message = unreadable.getOriginalMessage();
        var at = unreadable.getLocation();
        var where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        var what = message != null && message.startsWith("Duplicate field")
                ? "A member of the JSON object stands twice"
                : "The body is not valid JSON";
        return ProblemException.malformed(what + where + ".");
    }

    /// RFC 6901, as a URI fragment. A name from a client can be long, so only its beginning is repeated.
    private static String pointer(JsonMappingException at) {
        return at.getPath().stream()
                .map(step -> step.getFieldName() == null
                        ? String.valueOf(step.getIndex())
                        : Excerpt.of(step.getFieldName()).replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + step)
                .collect(Collectors.joining("", "#", ""));
    }

    private static String nearest(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
        return Nearest.hint(unknown.getPropertyName(), known);
    }

    private static String expected(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> "must be a string";
            case "Integer", "int", "Long", "long" -> "must be a whole number";
            default -> "must be a JSON object";
        };
    }
}
