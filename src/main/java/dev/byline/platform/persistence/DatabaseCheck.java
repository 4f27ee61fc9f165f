package dev.byline.platform.persistence;

import dev.byline.platform.database.Database;
import dev.byline.platform.health.Warnings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Warns of what the database lacks, although its schema fits. Otherwise the first sign is an outage.
///
/// @param processes the most processes at a time: the autoscaler's maximum and twice the surge of an update
@Singleton
record DatabaseCheck(
        AgroalDataSource dataSource,
        @ConfigProperty(name = "byline.database.processes") int processes,
        Warnings warnings) {

    void run() {
        int poolSize =
                dataSource.getConfiguration().connectionPoolConfiguration().maxSize();
        try (var connection = dataSource.getConnection()) {
            Database.get().check(connection, processes, poolSize, warnings);
        } catch (SQLException e) {
            Log.warn("The limits, the locale and the clock of the database could not be read", e);
        }
    }
}
