package dev.byline.platform.replica;

import dev.byline.platform.health.Warnings;
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

/// The hot standby for reads, and whether reads may go there now.
@ApplicationScoped // created at its first use: filters that need it are created before the configuration is known
public class Replica {

    /// What is known of the replica while it may be used.
    ///
    /// @param replayed the position up to which it has replayed the primary's log, or less
    /// @param freshAt a time ({@link System#nanoTime}) at which the primary's log ended there or before, so the
    /// replica's data is no older
    private record State(WalPosition replayed, long freshAt) {}

    static final String SILENT = "does not answer. Start it, or correct QUARKUS_DATASOURCE_REPLICA_JDBC_URL";

    private static final String PART = "replica";

    private final Optional<AgroalDataSource> dataSource;
    private final Duration maxLag;
    private final MeterRegistry metrics;
    private final List<Gauge> gauges;
    private final Warnings warnings;
    private volatile State state; // null while the replica must not be used

    Replica(
            @DataSource("replica") InjectableInstance<AgroalDataSource> dataSource,
            @ConfigProperty(name = "byline.replica.max-lag") Duration maxLag,
            MeterRegistry metrics,
            Warnings warnings) {
        // It does not exist where the build is for a database without replicas.
        this.dataSource =
                dataSource.isResolvable() && dataSource.getHandle().getBean().isActive()
                        ? Optional.of(dataSource.get())
                        : Optional.empty();
        this.maxLag = maxLag;
        this.metrics = metrics;
        this.warnings = warnings;
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

    /// The registry outlives the service if tests start the service more than once.
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

    /// Whether a read may go to the replica now: its data is fresh enough and includes the wanted position.
    boolean serves(Optional<WalPosition> wanted) {
        var now = state;
        return now != null
                && System.nanoTime() - now.freshAt <= maxLag.toNanos()
                && wanted.map(now.replayed::hasReached).orElse(true);
    }

    void update(WalPosition replayed, long freshAt) {
        if (state == null) {
            Log.info("Reads go to the replica.");
            warnings.remove(PART);
        }
        state = new State(replayed, freshAt);
    }

    /// Sends reads to the primary until the next update.
    ///
    /// @param why in the present tense, with the replica as its subject, and what to do
    void leaveOut(String why) {
        state = null;
        warnings.add(PART, "Reads go to the primary: the replica " + why + ".");
    }

    private double lagSeconds() {
        var now = state;
        return now == null ? Double.NaN : (System.nanoTime() - now.freshAt) / 1e9;
    }
}
