package dev.byline.platform.write;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Keeps the answers of one person within bounds: beyond them the oldest are removed. The rows are summed up once in
/// many of the person's requests, so the bounds are exceeded by little.
@Singleton
public class IdempotencyQuota {

    /// A person who comes after so many others is counted anew.
    private static final int MOST_PERSONS = 20_000;

    private static final int MANY_KEYS = 100;
    private static final long MANY_BYTES = 1 << 20;
    private static final int BATCH = 1000;

    private record Person(String issuer, String subject) {}

    /// What was kept since the rows were last summed up.
    private record Kept(int keys, long bytes) {

        Kept and(Kept more) {
            return new Kept(keys + more.keys, bytes + more.bytes);
        }

        boolean isMuch() {
            return keys >= MANY_KEYS || bytes >= MANY_BYTES;
        }
    }

    private final UnitOfWork unit;
    private final int mostKeys;
    private final long mostBytes;
    private final Cache<Person, Kept> persons =
            Caffeine.newBuilder().maximumSize(MOST_PERSONS).build();

    IdempotencyQuota(
            UnitOfWork unit,
            @ConfigProperty(name = "byline.idempotency.max-per-caller") int mostKeys,
            @ConfigProperty(name = "byline.idempotency.max-bytes-per-caller") MemorySize mostBytes) {
        this.unit = unit;
        this.mostKeys = mostKeys;
        this.mostBytes = mostBytes.asLongValue();
    }

    void count(String issuer, String subject, long bytes) {
        persons.asMap().merge(new Person(issuer, subject), new Kept(1, bytes), Kept::and);
    }

    /// Removes what is too much. To be called between transactions, because it has its own: the request is done, and
    /// whether this succeeds is nothing to it.
    void enforce(String issuer, String subject) {
        var person = new Person(issuer, subject);
        var kept = persons.getIfPresent(person);
        // Of several requests of the person, the one goes on that takes the count away.
        if (kept == null || !kept.isMuch() || !persons.asMap().remove(person, kept)) {
            return;
        }
        try {
            while (removeSome(person) == BATCH) {
                Log.debugf("Removed %d idempotency keys of one caller", BATCH);
            }
        } catch (Exception e) {
            // What is too much now is removed the next time.
            Log.warnf("A caller's oldest idempotency keys were not removed: %s", Causes.deepest(e));
        }
    }

    private int removeSome(Person person) throws Exception {
        return unit.run(
                () -> IdempotencyKey.removeSomeBeyond(mostKeys, mostBytes, person.issuer, person.subject, BATCH), true);
    }
}
