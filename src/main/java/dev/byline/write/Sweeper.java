package dev.byline.write;

import dev.byline.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Removes the answers that have been kept for long enough. Several processes may do it at once.
@Singleton
public class Sweeper {

    private static final int BATCH = 1000;

    private final UnitOfWork unit;
    private final Duration kept;

    Sweeper(UnitOfWork unit, @ConfigProperty(name = "byline.idempotency.keep") Duration kept) {
        this.unit = unit;
        this.kept = kept;
    }

    @Scheduled(
            every = "{byline.idempotency.sweep-every}",
            delayed = "{byline.idempotency.sweep-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        var time = Instant.now().minus(kept);
        try {
            while (unit.run(() -> IdempotencyKey.removeSome(time, BATCH), true) == BATCH) {
                Log.debugf("Removed %d idempotency keys", BATCH);
            }
        } catch (Exception e) {
            // What is left now is removed the next time.
            Log.warnf("Expired idempotency keys were not removed: %s", Causes.deepest(e));
        }
    }
}
