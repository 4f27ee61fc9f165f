package dev.byline.platform.bulk;

import dev.byline.platform.errors.RowRefusals;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// The rows of a request that cannot be stored. The first hundred are named, the others counted. Of a row only what is
/// said of it is kept: the exceptions hold rows and parsers, which can be a megabyte each.
final class InvalidRows {

    private static final int MOST = 100;

    private final List<Violation> errors = new ArrayList<>();
    private long count;

    /// @param failure what a single row would have been refused with
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
