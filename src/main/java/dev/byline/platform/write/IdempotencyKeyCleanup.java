package dev.byline.platform.write;

import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Removes the answers that have expired, and the oldest ones if all together take too much space. Several
/// processes may do this at once.
@Singleton
public record IdempotencyKeyCleanup(
        @ConfigProperty(name = "byline.idempotency.keep") Duration kept,

        @ConfigProperty(name = "byline.idempotency.max-bytes")
        MemorySize mostBytes) {

    private static final int BATCH = 1000;

    @Scheduled(
            every = "{byline.idempotency.sweep-every}",
            delayed = "{byline.idempotency.sweep-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        try {
            remove(Instant.now().minus(kept));
            var end = QuarkusTransaction.requiringNew().call(() -> IdempotencyKey.endOf(mostBytes.asLongValue()));
            if (end.isPresent()) {
                Log.warnf(
                        "Idempotency keys take more than %d bytes: those before %s are removed",
                        mostBytes.asLongValue(), end.get());
                remove(end.get());
            }
        } catch (Exception e) {
            // What remains is removed the next time.
            Log.warnf("Idempotency keys were not removed: %s", Causes.deepest(e));
        }
    }

    private static void remove(Instant olderThan) {
        while (QuarkusTransaction.requiringNew().call(() -> IdempotencyKey.removeSome(olderThan, BATCH)) == BATCH) {
            Log.debugf("Removed %d idempotency keys", BATCH);
        }
    }
}
