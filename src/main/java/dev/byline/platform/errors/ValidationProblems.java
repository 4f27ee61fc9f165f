package dev.byline.platform.errors;

import static dev.byline.platform.problem.ProblemType.VALIDATION;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.stream.StreamSupport;

/// What Bean Validation found, member by member.
final class ValidationProblems {

    private ValidationProblems() {}

    static ProblemException of(ConstraintViolationException invalid) {
        var errors = invalid.getConstraintViolations().stream()
                .map(ValidationProblems::violation)
                .sorted(comparing(Violation::pointer))
                .toList();
        // The error is about the whole body: Jackson returns null for an empty one.
        if (errors.getFirst().pointer().equals("#")) {
            return ProblemException.malformed("The body is empty: send a JSON object.");
        }
        return new ProblemException(VALIDATION, errors);
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        return Violation.ofMember(pointer(violation.getPropertyPath()), code(violation), violation.getMessage());
    }

    private static String pointer(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .filter(node -> node.getKind() == ElementKind.PROPERTY)
                .map(node -> "/" + node.getName())
                .collect(joining("", "#", ""));
    }

    private static String code(ConstraintViolation<?> violation) {
        var annotation = violation.getConstraintDescriptor().getAnnotation().annotationType();
        return switch (annotation.getSimpleName()) {
            case "NotNull" -> "required";
            case "CodePointLength" -> "size";
            case "Min", "Max" -> "range";
            default -> "invalid";
        };
    }
}
