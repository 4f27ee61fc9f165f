package dev.byline.platform.persistence;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;

/// What the current request has cost the database so far.
@RequestScoped
public class RequestStatements {

    private int statements;
    private long statementNanos;
    private long waitNanos;

    /// That of the current request. Outside a request, at start for example, nobody asks for the sum.
    static RequestStatements current() {
        var container = Arc.container();
        return container.requestContext().isActive()
                ? container.instance(RequestStatements.class).get()
                : new RequestStatements();
    }

    public void addStatement(long nanos) {
        statements++;
        statementNanos += nanos;
    }

    void addWait(long nanos) {
        waitNanos += nanos;
    }

    /// Statements sent, a batch counting as one; transaction control is not among them.
    public int statements() {
        return statements;
    }

    /// The time from sending statements to having their first rows.
    public long statementNanos() {
        return statementNanos;
    }

    /// The time spent to get a connection out of the pool.
    public long waitNanos() {
        return waitNanos;
    }
}
