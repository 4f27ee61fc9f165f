package dev.byline.platform.pool;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Learns from the failures of requests what the pool does not see by itself. A connection to a server that has gone
/// would be found dead one request after the other, and one to a primary that was demoted never: it answers, but
/// takes no writes. The first such failure renews them all.
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

    /// @param failure what a request's statement, or its wait for a connection, ended with
    public void learn(SQLException failure) {
        if (isTimeout(failure)) {
            timeouts.increment();
        } else if (failure.getSQLState() != null && isServerLost(failure.getSQLState())) {
            renew(failure);
        }
    }

    /// Whether all connections of the pool stayed in use for too long. Agroal says it in its message only.
    public static boolean isTimeout(SQLException failure) {
        return failure.getSQLState() == null && failure.getMessage().contains("cquisition timeout");
    }

    /// Connection exceptions, shut down, crashed, starting up, or now a read-only standby.
    private static boolean isServerLost(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("25006");
    }

    private void renew(SQLException failure) {
        long last = lastFlush.get();
        long now = System.nanoTime();
        if (now - last >= NANOS_BETWEEN_FLUSHES && lastFlush.compareAndSet(last, now)) {
            Log.warnf("Renewing the connections to the database: %s", failure.getMessage());
            dataSource.flush(FlushMode.GRACEFUL); // those in use end their work first
        }
    }
}
