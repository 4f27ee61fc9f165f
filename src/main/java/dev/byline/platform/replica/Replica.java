package dev.byline.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The hot standby that reads may go to, and whether they may now.
@ApplicationScoped // made at its first use: filters that need it are made before the configuration is known
public class Replica {

    /// What is known of it while it may be used.
    ///
    /// @param replayed how far it has replayed the primary's log, at least
    /// @param freshAt when, in nanoseconds, the primary's log ended there or before: its data is no older than that
    private record State(WalPosition replayed, long freshAt) {}

    private final Optional<AgroalDataSource> dataSource;
    private final Duration maxLag;
    private final MeterRegistry metrics;
    private final List<Gauge> gauges;
    private volatile State state; // null while it is left out
    private volatile String reason = "";

    Replica(
            @DataSource("replica") InjectableInstance<AgroalDataSource> dataSource,
            @ConfigProperty(name = "byline.replica.max-lag") Duration maxLag,
            MeterRegistry metrics) {
        this.dataSource =
                dataSource.getHandle().getBean().isActive() ? Optional.of(dataSource.get()) : Optional.empty();
        this.maxLag = maxLag;
        this.metrics = metrics;
        gauges = isConfigured()
                ? List.of(
                        Gauge.builder("byline.replica.usable", () -> serves(Optional.empty()) ? 1 : 0)
                                .description("1 while reads may go to the replica, 0 while all go to the primary")
                                .register(metrics),
                        Gauge.builder("byline.replica.lag", this::lagSeconds)
                                .description("How old the replica's data is at most; none while that is not known")
                                .baseUnit("seconds")
                                .register(metrics))
                : List.of();
    }

    /// The registry outlives the service where tests start it more than once.
    @PreDestroy
    void unregister() {
        gauges.forEach(metrics::remove);
    }

    public boolean isConfigured() {
        return dataSource.isPresent();
    }

    AgroalDataSource dataSource() {
        return dataSource.orElseThrow();
    }

    Duration maxLag() {
        return maxLag;
    }

    /// Whether a read may go there now: its data is fresh enough, and has what the client wants to see.
    boolean serves(Optional<WalPosition> wanted) {
        var now = state;
        return now != null
                && System.nanoTime() - now.freshAt <= maxLag.toNanos()
                && wanted.map(now.replayed::hasReached).orElse(true);
    }

    void update(WalPosition replayed, long freshAt) {
        state = new State(replayed, freshAt);
        if (reason != null) {
            reason = null;
            Log.info("Reads go to the replica.");
        }
    }

    /// Until the next update, reads go to the primary.
    ///
    /// @param why in the present tense, with the replica as its subject
    void leaveOut(String why) {
        state = null;
        if (!why.equals(reason)) {
            reason = why;
            Log.warnf("Reads go to the primary: the replica %s.", why);
        }
    }

    private double lagSeconds() {
        var now = state;
        return now == null ? Double.NaN : (System.nanoTime() - now.freshAt) / 1e9;
    }
}
