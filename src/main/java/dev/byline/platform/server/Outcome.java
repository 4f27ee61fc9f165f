package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;

/// The outcome of a request, recorded for the audit log by the code that knows it. It is kept with the request in
/// this process, so nothing that a client sends can set it.
public final class Outcome {

    private static final String KEY = Outcome.class.getName();

    /// How many rows were created, changed or deleted, by a request that is not about a single row; else null.
    public Long rows;

    /// Whether the transaction of a write was committed, or rolled back as the request asked; null when there was none
    /// or it failed.
    public Boolean committed;

    /// The problem with which the request is answered, or null.
    public ProblemException problem;

    private Outcome() {}

    public static Outcome of(RoutingContext request) {
        return (Outcome) request.data().computeIfAbsent(KEY, key -> new Outcome());
    }
}
