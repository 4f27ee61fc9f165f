package dev.byline.platform.write;

import dev.byline.platform.database.Database;
import dev.byline.platform.database.Meaning;
import dev.byline.platform.problem.Causes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;

/// One transaction, with its own Hibernate session.
@Singleton
public record UnitOfWork(TransactionManager transactions) {

    /// With these the database says that it has not committed.
    private static final Set<Meaning> ROLLED_BACK =
            EnumSet.of(Meaning.CONFLICT, Meaning.REFERENCE, Meaning.ID_TAKEN, Meaning.RULE);

    /// Does the work, then commits it, or rolls it back if `keep` is false.
    ///
    /// @param timeout zero for that of the configuration
    /// @throws ProblemException 503 when it is unknown whether the work was committed
    <T> T run(Callable<T> work, boolean keep, Duration timeout) throws Exception {
        transactions.setTransactionTimeout((int) timeout.toSeconds());
        transactions.begin();
        transactions.setTransactionTimeout(0); // for the next ones of this thread
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

    private void commit() throws Exception {
        try {
            transactions.commit();
        } catch (Exception failure) {
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

    /// The transaction manager reports every failed commit as a rollback. That is true if the server says so, or
    /// if the transaction had timed out before. After a lost connection, the commit may have succeeded.
    private static boolean isUnknown(Exception failure) {
        return Causes.find(failure, SQLException.class)
                .filter(sql -> !ROLLED_BACK.contains(Database.get().meaning(sql)))
                .isPresent();
    }

    private void rollBack(Throwable failure) {
        try {
            transactions.rollback();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
