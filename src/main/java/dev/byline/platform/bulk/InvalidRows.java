package dev.byline.platform.bulk;

import dev.byline.platform.errors.RowRefusals;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// The rows of a request that cannot be stored. The first hundred are listed, the others are only counted. Only
/// the errors are kept, not the exceptions: those refer to rows and parsers, which can take a megabyte each.
final class InvalidRows {

    private static final int MOST = 100;

    private final List<Violation> errors = new ArrayList<>();
    private long count;

    /// @param failure the exception that would refuse the row as a single one
    void add(RowPosition place, Exception failure) {
        count++;
        if (count <= MOST) {
            RowRefusals.of(failure).forEach(violation -> errors.add(place.of(violation)));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    ProblemException problem() {
        var detail = count == 1
                ? "One row is bad. Nothing is stored."
                : "%d rows are bad%s. Nothing is stored."
                        .formatted(count, count > MOST ? "; errors names the first " + MOST : "");
        return ProblemException.ofRows(detail, errors, count);
    }
}
