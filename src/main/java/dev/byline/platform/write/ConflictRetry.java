package dev.byline.platform.write;

import dev.byline.platform.database.Database;
import dev.byline.platform.database.Meaning;
import dev.byline.platform.problem.Causes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/// Retries transactions that the database aborted because of a conflict with other transactions.
final class ConflictRetry {

    private static final int MOST_RETRIES = 3;
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(20);

    private ConflictRetry() {}

    /// Retries a whole transaction at most three times. The pauses are random, so that transactions that
    /// conflicted do not run at the same time again.
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
                .filter(sql -> Database.get().meaning(sql) == Meaning.CONFLICT)
                .isPresent();
    }
}
