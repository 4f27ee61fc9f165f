package dev.byline.platform.write;

import dev.byline.platform.problem.Causes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/// Transactions that the database ended because of other transactions, and that pass when they are done again.
final class ConflictRetry {

    /// Serialization failure, deadlock.
    private static final Set<String> STATES = Set.of("40001", "40P01");

    private static final int MOST_RETRIES = 3;
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(20);

    private ConflictRetry() {}

    /// Does a whole transaction again, at most three times, after pauses that differ between those who met.
    static <T> T retrying(Callable<T> transaction) throws Exception {
        for (int retries = 0; ; retries++) {
            try {
                return transaction.call();
            } catch (Exception failure) {
                if (retries == MOST_RETRIES || !isConflict(failure)) {
                    throw failure;
                }
                Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_FIRST_PAUSE.toMillis() << retries));
            }
        }
    }

    private static boolean isConflict(Exception failure) {
        return Causes.find(failure, SQLException.class)
                .map(SQLException::getSQLState)
                .filter(STATES::contains)
                .isPresent();
    }
}
