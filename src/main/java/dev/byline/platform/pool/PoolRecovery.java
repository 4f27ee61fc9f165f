package dev.byline.platform.pool;

import static dev.byline.platform.database.Meaning.LOST;
import static dev.byline.platform.database.Meaning.NOT_OF_THE_DATABASE;

import dev.byline.platform.database.Database;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Learns from failed requests what the pool does not notice itself. After a server crash, each dead connection
/// would fail one more request. A connection to a demoted primary would never be found: the server answers, but
/// accepts no writes. So the first such failure renews all connections.
@Singleton
public class PoolRecovery {

    private static final long NANOS_BETWEEN_FLUSHES = Duration.ofSeconds(1).toNanos();

    private final AgroalDataSource dataSource;
    private final Counter timeouts;
    private final AtomicLong lastFlush = new AtomicLong(System.nanoTime() - NANOS_BETWEEN_FLUSHES);

    PoolRecovery(AgroalDataSource dataSource, MeterRegistry metrics) {
        this.dataSource = dataSource;
        timeouts = Counter.builder("byline.pool.timeouts")
                .description("Requests that got no connection in time")
                .register(metrics);
    }

    /// @param failure of a request's statement, or of its wait for a connection
    public void learn(SQLException failure) {
        if (isTimeout(failure)) {
            timeouts.increment();
        } else if (Database.get().meaning(failure) == LOST) {
            renew(failure);
        }
    }

    /// Whether all connections of the pool stayed in use for too long. Agroal reports this only in the message.
    public static boolean isTimeout(SQLException failure) {
        return Database.get().meaning(failure) == NOT_OF_THE_DATABASE
                && failure.getMessage().contains("cquisition timeout");
    }

    private void renew(SQLException failure) {
        long last = lastFlush.get();
        long now = System.nanoTime();
        if (now - last >= NANOS_BETWEEN_FLUSHES && lastFlush.compareAndSet(last, now)) {
            Log.warnf("Renewing the connections to the database: %s", failure.getMessage());
            dataSource.flush(FlushMode.GRACEFUL); // connections in use are closed when they are returned
        }
    }
}
