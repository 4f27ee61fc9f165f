package dev.byline.platform.database;

import dev.byline.platform.health.Warnings;
import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// What the service needs of PostgreSQL beyond the schema: as many connections as the pools of all processes may open,
/// a locale that knows the upper case of all letters (`contains` and `startsWith` ignore case only for those; the
/// locale `C` knows only ASCII), and the same time.
final class PostgreSqlChecks {

    private static final String LIMITS = """
            select pg_backend_pid(),
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                       - coalesce(current_setting('reserved_connections', true)::int, 0),
                   (select rolconnlimit from pg_roles where rolname = current_user),
                   (select datconnlimit from pg_database where datname = current_database())""";

    private static final String TRAITS =
            "select 'É' ilike 'é', current_database(), extract(epoch from clock_timestamp())::bigint";

    private PostgreSqlChecks() {}

    static void budget(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException {
        try (var statement = connection.createStatement();
                var limits = statement.executeQuery(LIMITS)) {
            limits.next();
            int wanted = processes * poolSize;
            var sum = "%d processes with a pool of %d may open %d connections".formatted(processes, poolSize, wanted);
            if (isDirect(connection, limits.getInt(1))) {
                compare(wanted, sum, limits, warnings);
            } else {
                Log.infof("%s to a pooler: its limit of clients must be higher (PgBouncer's max_client_conn).", sum);
            }
        }
    }

    private static void compare(int wanted, String sum, ResultSet limits, Warnings warnings) throws SQLException {
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

    static void traits(Connection connection, Warnings warnings) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(TRAITS)) {
            answer.next();
            if (!answer.getBoolean(1)) {
                warnings.add(
                        "locale",
                        "The database has a locale without capitals beyond ASCII: contains and startsWith take É and é for two letters. Create it with LC_CTYPE = 'C.UTF-8', or with a language's locale.",
                        answer.getString(2));
            }
            ServerClock.check(Instant.ofEpochSecond(answer.getLong(3)), warnings);
        }
    }
}
