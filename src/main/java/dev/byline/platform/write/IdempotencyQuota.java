package dev.byline.platform.write;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Limits the stored answers of one person: the oldest ones beyond the limits are removed. The rows are summed
/// only once in many requests of a person, so the limits can be exceeded by a little.
@Singleton
public class IdempotencyQuota {

    /// The number of persons to count. If there are more, the count of some starts again from zero.
    private static final int MOST_PERSONS = 20_000;

    private static final int MANY_KEYS = 100;
    private static final long MANY_BYTES = 1 << 20;
    private static final int BATCH = 1000;

    private record Person(String issuer, String subject) {}

    /// What was stored since the rows were last summed.
    private record Kept(int keys, long bytes) {

        Kept and(Kept more) {
            return new Kept(keys + more.keys, bytes + more.bytes);
        }

        boolean isMuch() {
            return keys >= MANY_KEYS || bytes >= MANY_BYTES;
        }
    }

    private final int mostKeys;
    private final long mostBytes;
    private final Cache<Person, Kept> persons =
            Caffeine.newBuilder().maximumSize(MOST_PERSONS).build();

    IdempotencyQuota(
            @ConfigProperty(name = "byline.idempotency.max-per-caller") int mostKeys,
            @ConfigProperty(name = "byline.idempotency.max-bytes-per-caller") MemorySize mostBytes) {
        this.mostKeys = mostKeys;
        this.mostBytes = mostBytes.asLongValue();
    }

    void count(String issuer, String subject, long bytes) {
        persons.asMap().merge(new Person(issuer, subject), new Kept(1, bytes), Kept::and);
    }

    /// Removes what exceeds the limits. It has its own transaction, so it must be called outside of others. If it
    /// fails, the request still succeeds.
    void enforce(String issuer, String subject) {
        var person = new Person(issuer, subject);
        var kept = persons.getIfPresent(person);
        // Of several concurrent requests of the person, only the one that removes the count goes on.
        if (kept == null || !kept.isMuch() || !persons.asMap().remove(person, kept)) {
            return;
        }
        try {
            while (removeSome(person) == BATCH) {
                Log.debugf("Removed %d idempotency keys of one caller", BATCH);
            }
        } catch (Exception e) {
            // What exceeds the limits now is removed the next time.
            Log.warnf("A caller's oldest idempotency keys were not removed: %s", Causes.deepest(e));
        }
    }

    private int removeSome(Person person) {
        return QuarkusTransaction.requiringNew()
                .call(() -> IdempotencyKey.removeSomeBeyond(mostKeys, mostBytes, person.issuer, person.subject, BATCH));
    }
}
