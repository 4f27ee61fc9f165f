package dev.byline.platform.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import java.util.List;

/// The errors of one row of many: the same as if it were sent alone.
public final class RowRefusals {

    private RowRefusals() {}

    /// The pointers are relative to the row. The result does not refer to the row itself.
    public static List<Violation> of(Exception failure) {
        var alone = alone(failure);
        return alone.type() == ProblemType.MALFORMED
                ? List.of(Violation.ofMember("#", "malformed", detail(failure)))
                : alone.errors();
    }

    private static ProblemException alone(Exception failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case ConstraintViolationException invalid -> ValidationProblems.of(invalid);
            case JsonProcessingException unreadable -> JsonProblems.of(unreadable);
            default -> ProblemException.malformed("is not UTF-8"); // reading a line's bytes failed
        };
    }

    private static String detail(Exception failure) {
        return switch (failure) {
            case ProblemException problem -> problem.getMessage();
            case JsonProcessingException json
            when json.getLocation() != null ->
                "is not valid JSON at column " + json.getLocation().getColumnNr();
            default -> "is not valid JSON in UTF-8";
        };
    }
}
