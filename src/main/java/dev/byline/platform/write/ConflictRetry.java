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

    /// A block of new ids has 50, and each of them may be that of a row that kept its id.
    private static final int MOST_IDS = 50;

    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(20);

    private ConflictRetry() {}

    /// Retries a whole transaction at most three times. The pauses are random, so that transactions that
    /// conflicted do not run at the same time again. Where the id of a new row was taken, the next id is tried at
    /// once.
    static <T> T retrying(Callable<T> transaction) throws Exception {
        int retries = 0;
        int taken = 0;
        while (true) {
            try {
                return transaction.call();
            } catch (Exception failure) {
                if (means(Meaning.CONFLICT, failure) && retries < MOST_RETRIES) {
                    Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_FIRST_PAUSE.toMillis() << retries));
                    retries++;
                } else if (means(Meaning.ID_TAKEN, failure) && taken < MOST_IDS) {
                    taken++;
                } else {
                    throw failure;
                }
            }
        }
    }

    private static boolean means(Meaning meaning, Exception failure) {
        return Causes.find(failure, SQLException.class)
                .filter(sql -> Database.get().meaning(sql) == meaning)
                .isPresent();
    }
}
