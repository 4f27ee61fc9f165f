package dev.byline.platform.pool;

import dev.byline.platform.health.Warnings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.PGConnection;

/// Compares at start the number of connections that the pools of all processes may open with the number that the
/// server allows. If they do not fit, it warns. Otherwise the first sign is an outage.
///
/// @param processes the most processes at a time: the autoscaler's maximum and twice the surge of an update
@Singleton
public record ConnectionBudget(
        AgroalDataSource dataSource,
        @ConfigProperty(name = "byline.database.processes") int processes,
        Warnings warnings) {

    private static final String LIMITS = """
            select pg_backend_pid(),
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                       - coalesce(current_setting('reserved_connections', true)::int, 0),
                   (select rolconnlimit from pg_roles where rolname = current_user),
                   (select datconnlimit from pg_database where datname = current_database())""";

    public void check() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var limits = statement.executeQuery(LIMITS)) {
            limits.next();
            compare(limits, isDirect(connection, limits.getInt(1)));
        } catch (SQLException e) {
            Log.warn("The connections that the database allows could not be read", e);
        }
    }

    private void compare(ResultSet limits, boolean direct) throws SQLException {
        int size = dataSource.getConfiguration().connectionPoolConfiguration().maxSize();
        int wanted = processes * size;
        var sum = "%d processes with a pool of %d may open %d connections".formatted(processes, size, wanted);
        if (!direct) {
            Log.infof("%s to a pooler: its limit of clients must be higher (PgBouncer's max_client_conn).", sum);
            return;
        }
        int allowed = IntStream.of(limits.getInt(2), limits.getInt(3), limits.getInt(4))
                .filter(limit -> limit >= 0) // -1: no limit
                .min()
                .orElseThrow();
        if (wanted > allowed) {
            warnings.add(
                    "connections",
                    "The processes may open more connections than the server allows. Lower QUARKUS_DATASOURCE_JDBC_MAX_SIZE or BYLINE_DATABASE_PROCESSES, raise max_connections or the limit of the role, or put PgBouncer between.",
                    sum + ", but the server allows this role " + allowed);
        } else {
            warnings.remove("connections");
        }
    }

    /// Whether there is no pooler: a pooler gives its clients a made-up process id.
    private static boolean isDirect(Connection connection, int serverProcess) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID() == serverProcess;
    }
}
