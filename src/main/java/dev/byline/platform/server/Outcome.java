package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// The outcome of a request, recorded for the audit log by the code that knows it. It is kept with the request in
/// this process, so nothing that a client sends can set it.
public final class Outcome {

    private static final String ROWS = "byline.outcome.rows";
    private static final String COMMITTED = "byline.outcome.committed";
    private static final String PROBLEM = "byline.outcome.problem";

    private Outcome() {}

    /// Records how many rows were created, changed or deleted by a request that is not about a single row.
    public static void noteRows(RoutingContext request, long number) {
        request.put(ROWS, number);
    }

    public static Optional<Long> rows(RoutingContext request) {
        return Optional.ofNullable(request.get(ROWS));
    }

    /// Records that the transaction of a write has ended as the request asked.
    ///
    /// @param committed false when it was rolled back, as for a rehearsal
    public static void noteEnd(RoutingContext request, boolean committed) {
        request.put(COMMITTED, committed);
    }

    /// Empty when there was no transaction or it failed.
    public static Optional<Boolean> committed(RoutingContext request) {
        return Optional.ofNullable(request.get(COMMITTED));
    }

    /// Records the problem with which a request is answered.
    public static void noteProblem(RoutingContext request, ProblemException problem) {
        request.put(PROBLEM, problem);
    }

    public static Optional<ProblemException> problem(RoutingContext request) {
        return Optional.ofNullable(request.get(PROBLEM));
    }
}
