package dev.byline.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.security.SimplePassword;
import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/// Queries the server of a datasource over one connection outside the pool, so that an exhausted pool does not
/// look like an unavailable server. Used by one thread.
final class ServerProbe {

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// The timeout of a query, and of a connection attempt to each host of the URL.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// A connection is renewed after this time, so that a pooler can drain and a changed address is noticed.
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final AgroalDataSource dataSource;
    private Connection connection;
    private long opened;

    ServerProbe(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Reads the only row of the query. After a failure the next query uses a new connection.
    <T> T ask(String query, Row<T> row) throws SQLException {
        if (connection != null && System.nanoTime() - opened > LIFETIME.toNanos()) {
            close();
        }
        try {
            if (connection == null) {
                connection = open();
                opened = System.nanoTime();
            }
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(query)) {
                rows.next();
                return row.read(rows);
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            Log.debug("The connection was dead", e);
        }
        connection = null;
    }

    private Connection open() throws SQLException {
        var server = dataSource.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        var properties = new Properties();
        properties.putAll(server.jdbcProperties());
        if (server.principal() != null) {
            properties.setProperty("user", server.principal().getName());
        }
        for (var credential : server.credentials()) {
            if (credential instanceof SimplePassword password) {
                properties.setProperty("password", password.getWord());
            }
        }
        // So that pg_stat_activity distinguishes this connection from those of the pool.
        properties.setProperty("ApplicationName", properties.getProperty("ApplicationName") + "-watch");
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("socketTimeout", String.valueOf(PATIENCE.toSeconds()));
        return new Driver().connect(server.jdbcUrl(), properties);
    }
}
