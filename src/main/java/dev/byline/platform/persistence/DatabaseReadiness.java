package dev.byline.platform.persistence;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while the database answers. In a busy service its requests prove that. An idle service asks over a
/// separate connection. The check never takes a connection from the pool: the pool is exhausted when the service
/// is busiest, and then the service must stay ready.
@Singleton
@Readiness
public class DatabaseReadiness implements HealthCheck {

    private static final String NAME = "database";
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final AgroalDataSource dataSource;
    private final LastDatabaseAnswer pulse;

    DatabaseReadiness(AgroalDataSource dataSource, LastDatabaseAnswer pulse) {
        this.dataSource = dataSource;
        this.pulse = pulse;
    }

    @Override
    public HealthCheckResponse call() {
        return pulse.isFresh(FRESH) || answers()
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("reason", "the database does not answer")
                        .build();
    }

    private boolean answers() {
        try {
            return dataSource.isHealthy(true);
        } catch (SQLException e) {
            return false;
        }
    }
}
