package dev.byline.platform.write;

import dev.byline.platform.problem.Causes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.inject.Singleton;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

/// One transaction, with a Hibernate session of its own.
@Singleton
public class UnitOfWork {

    private static final int DEFAULT_TIMEOUT = 0;

    private final TransactionManager transactions;

    UnitOfWork(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /// Does the work and keeps it, or only does it.
    ///
    /// @throws ProblemException 503 when nobody can say whether the work was kept
    <T> T run(Callable<T> work, boolean keep) throws Exception {
        transactions.begin();
        T result;
        try {
            result = work.call();
            // What fails from here on is the commit itself.
            Panache.getSession().flush();
        } catch (Exception | Error failure) {
            rollBack(failure);
            throw failure;
        }
        if (keep) {
            commit();
        } else {
            transactions.rollback();
        }
        return result;
    }

    /// As {@link #run}, for as long as this.
    <T> T run(Callable<T> work, boolean keep, Duration timeout) throws Exception {
        transactions.setTransactionTimeout((int) timeout.toSeconds());
        try {
            return run(work, keep);
        } finally {
            transactions.setTransactionTimeout(DEFAULT_TIMEOUT);
        }
    }

    private void commit() throws Exception {
        try {
            transactions.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException failure) {
            if (isUnknown(failure)) {
                throw new ProblemException(
                                ProblemType.OUTCOME_UNKNOWN,
                                "The database went away while it was to commit: the write may be stored or not."
                                        + " Look, or send it again with the Idempotency-Key of the first time.",
                                failure)
                        .with("Retry-After", "1");
            }
            throw failure;
        }
    }

    /// The transaction manager calls every failed commit a rollback. It is one if the server says so, or if the
    /// transaction had run out of time before; after a lost connection it may be none.
    private static boolean isUnknown(Exception failure) {
        return Causes.find(failure, SQLException.class)
                .map(sql -> Objects.requireNonNullElse(sql.getSQLState(), ""))
                .map(state -> !state.startsWith("40") && !state.startsWith("23"))
                .orElse(false);
    }

    private void rollBack(Throwable failure) {
        try {
            transactions.rollback();
        } catch (IllegalStateException | SystemException e) {
            failure.addSuppressed(e);
        }
    }
}
