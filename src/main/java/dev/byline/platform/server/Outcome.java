package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// What became of a request, noted for the audit log by the code that knows. It is kept with the request in this
/// process: nothing that a client sends can set it.
public final class Outcome {

    private static final String ROWS = "byline.outcome.rows";
    private static final String COMMITTED = "byline.outcome.committed";
    private static final String PROBLEM = "byline.outcome.problem";

    private Outcome() {}

    /// Notes how many rows a request that is not about a single one has created, changed or deleted.
    public static void noteRows(RoutingContext request, long number) {
        request.put(ROWS, number);
    }

    public static Optional<Long> rows(RoutingContext request) {
        return Optional.ofNullable(request.get(ROWS));
    }

    /// Notes that the transaction of a write has ended as the request wanted.
    ///
    /// @param committed false when it was rolled back, as a rehearsal is
    public static void noteEnd(RoutingContext request, boolean committed) {
        request.put(COMMITTED, committed);
    }

    /// Empty when there was no transaction, or one that failed.
    public static Optional<Boolean> committed(RoutingContext request) {
        return Optional.ofNullable(request.get(COMMITTED));
    }

    /// Notes what a request is answered with instead of what it asked for.
    public static void noteProblem(RoutingContext request, ProblemException problem) {
        request.put(PROBLEM, problem);
    }

    public static Optional<ProblemException> problem(RoutingContext request) {
        return Optional.ofNullable(request.get(PROBLEM));
    }
}
