package dev.byline.platform.persistence;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;

/// The database cost of the current request so far.
@RequestScoped
public class RequestStatements {

    private int statements;
    private long statementNanos;
    private long waitNanos;

    /// The instance of the current request. Outside a request, at start for example, a new one that nobody reads.
    static RequestStatements current() {
        return Arc.requireContainer().requestContext().isActive() ? Proxy.OF_ALL.ofRequest() : new RequestStatements();
    }

    /// The object itself. Each call of its proxy looks it up again.
    public RequestStatements ofRequest() {
        return this;
    }

    /// Looked up once, because a look-up by type takes longer than the count.
    private static final class Proxy {

        static final RequestStatements OF_ALL =
                Arc.requireContainer().instance(RequestStatements.class).get();
    }

    public void addStatement(long nanos) {
        statements++;
        statementNanos += nanos;
    }

    void addWait(long nanos) {
        waitNanos += nanos;
    }

    /// The number of statements sent. A batch counts as one. Transaction control is not counted.
    public int statements() {
        return statements;
    }

    /// The time from sending the statements to receiving their first rows.
    public long statementNanos() {
        return statementNanos;
    }

    /// The time spent waiting for a connection from the pool.
    public long waitNanos() {
        return waitNanos;
    }
}
