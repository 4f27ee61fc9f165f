package dev.byline.database;

import jakarta.enterprise.context.RequestScoped;

/// What the current request has cost the database so far.
@RequestScoped
public class DatabaseWork {

    private int statements;
    private long statementNanos;
    private long waitNanos;

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
