package dev.byline.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.byline.bulk.BadRows;
import dev.byline.bulk.BadRows.BadRow;
import dev.byline.bulk.Place;
import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import jakarta.validation.ConstraintViolationException;
import java.util.List;

/// Rows of a bulk that were refused, each as it would have been alone, with its place.
final class BadRowProblems {

    private BadRowProblems() {}

    static ProblemException of(BadRows bad) {
        var errors =
                bad.first().stream().flatMap(row -> violations(row).stream()).toList();
        var detail = bad.count() == 1
                ? "One row is bad. Nothing is stored."
                : "%d rows are bad%s. Nothing is stored."
                        .formatted(
                                bad.count(),
                                bad.count() > bad.first().size()
                                        ? "; errors names the first "
                                                + bad.first().size()
                                        : "");
        return ProblemException.ofRows(detail, errors, bad.count());
    }

    private static List<Violation> violations(BadRow row) {
        var alone = alone(row.failure());
        return alone.type() == ProblemType.MALFORMED
                ? List.of(at(row.place(), Violation.ofMember("#", "malformed", detail(row.failure()))))
                : alone.errors().stream()
                        .map(violation -> at(row.place(), violation))
                        .toList();
    }

    private static ProblemException alone(Exception failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case ConstraintViolationException invalid -> ValidationProblems.of(invalid);
            case JsonProcessingException unreadable -> JsonProblems.of(unreadable);
            default -> new ProblemException(ProblemType.MALFORMED, "is not UTF-8"); // reading a line's bytes failed
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

    private static Violation at(Place place, Violation violation) {
        return place.index() == null
                ? violation.onLine(place.line())
                : Violation.ofMember(
                        "#/" + place.index() + violation.pointer().substring(1), violation.code(), violation.detail());
    }
}
