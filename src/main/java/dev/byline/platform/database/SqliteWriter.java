package dev.byline.platform.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hibernate.JDBCException;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/// Lets the transactions of this process write one after the other, in the order in which they ask, and without a
/// connection while they wait. SQLite itself lets each try again and again, and one that has just come may overtake.
final class SqliteWriter {

    /// As long as SQLite waits for another process (`busy_timeout`).
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /// Changes nothing, but makes the transaction the one that writes. If it read first, it could not write after
    /// another one has written.
    private static final String BEGIN = "update sqlite_sequence set seq = seq where false";

    private static final Semaphore TURN = new Semaphore(1, true);

    private static volatile SharedSessionContractImplementor writer;

    private SqliteWriter() {}

    static void begin(Session session) {
        // Quarkus has one session object for all transactions, which stands for that of each.
        var own = session.unwrap(SharedSessionContractImplementor.class);
        if (writer == own) {
            return;
        }
        awaitTurn();
        session.addEventListeners(new AfterTransaction(SqliteWriter::endTurn));
        writer = own;
        session.doWork(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(BEGIN);
            }
        });
    }

    private static void awaitTurn() {
        try {
            if (!TURN.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("[SQLITE_BUSY] Other transactions of this process write");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("[SQLITE_INTERRUPT] The process ends");
        }
    }

    private static JDBCException failure(String message) {
        return new JDBCException("Not begun", new SQLException(message));
    }

    private static void endTurn() {
        writer = null;
        TURN.release();
    }
}
