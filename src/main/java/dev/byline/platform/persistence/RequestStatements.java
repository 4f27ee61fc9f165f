package dev.byline.platform.persistence;

import dev.byline.platform.framework.RequestLocal;

/// The database cost of the current request so far.
public final class RequestStatements {

    private static final RequestLocal<RequestStatements> CURRENT = new RequestLocal<>(RequestStatements::new);

    private int statements;
    private long statementNanos;
    private long waitNanos;

    private RequestStatements() {}

    public static RequestStatements current() {
        return CURRENT.get();
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
