package dev.byline.platform.persistence;

import dev.byline.platform.health.Warnings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Warns while the database does not serve. In a busy service its requests show that. In an idle one a separate
/// connection does: never one of the pool, which is exhausted when the service is busiest.
@Singleton
public class DatabaseWatch {

    private static final String PART = "database";
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final AgroalDataSource dataSource;
    private final LastDatabaseAnswer pulse;
    private final Schema schema;
    private final Warnings warnings;
    private volatile boolean hasFailed;

    DatabaseWatch(AgroalDataSource dataSource, LastDatabaseAnswer pulse, Schema schema, Warnings warnings) {
        this.dataSource = dataSource;
        this.pulse = pulse;
        this.schema = schema;
        this.warnings = warnings;
    }

    /// @param failure of a request
    public void learn(Throwable failure) {
        DatabaseFailure.ofRequest(failure).filter(reason -> serves()).ifPresent(reason -> {
            hasFailed = true;
            warn(reason);
        });
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (hasFailed) {
            hasFailed = false; // what a request has met lasts until the next look
        } else if (serves()) {
            var failure = pulse.isFresh(FRESH) ? Optional.<DatabaseFailure>empty() : ask();
            failure.ifPresentOrElse(this::warn, () -> warnings.remove(PART));
        }
    }

    /// Before, the schema says what the service waits for.
    private boolean serves() {
        return schema.mismatch().isEmpty();
    }

    private void warn(DatabaseFailure failure) {
        warnings.add(PART, failure.sentence(), failure.detail());
    }

    private Optional<DatabaseFailure> ask() {
        try {
            return dataSource.isHealthy(true) ? Optional.empty() : Optional.of(DatabaseFailure.SILENCE);
        } catch (SQLException e) {
            return DatabaseFailure.ofRequest(e).or(() -> Optional.of(DatabaseFailure.SILENCE));
        }
    }
}
