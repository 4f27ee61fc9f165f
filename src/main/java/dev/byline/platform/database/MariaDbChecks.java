package dev.byline.platform.database;

import dev.byline.platform.health.Warnings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// What the service needs of MariaDB beyond the schema: as many connections as the pools of all processes may open, the
/// collation that the change sets have given to the texts, and the same time.
final class MariaDbChecks {

    private static final String LIMITS = "select @@max_connections, @@max_user_connections";

    private static final String TRAITS = """
            select unix_timestamp(), (
                select group_concat(distinct concat(table_name, '.', column_name) separator ', ')
                from information_schema.columns
                where table_schema = database() and table_name = any (
                    select table_name from information_schema.columns
                    where table_schema = database() and column_name = 'version')
                and character_set_name is not null and collation_name <> ?)""";

    private MariaDbChecks() {}

    static void budget(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException {
        try (var statement = connection.createStatement();
                var limits = statement.executeQuery(LIMITS)) {
            limits.next();
            int wanted = processes * poolSize;
            int ofUser = limits.getInt(2); // 0: no limit
            int allowed = ofUser == 0 ? limits.getInt(1) : Math.min(ofUser, limits.getInt(1));
            if (wanted > allowed) {
                warnings.add(
                        "connections",
                        "The processes may open more connections than the server allows. Lower QUARKUS_DATASOURCE_JDBC_MAX_SIZE or BYLINE_DATABASE_PROCESSES, or raise max_connections or the limit of the user.",
                        "%d processes with a pool of %d may open %d connections, but the server allows this user %d"
                                .formatted(processes, poolSize, wanted, allowed));
            } else {
                warnings.remove("connections");
            }
        }
    }

    static void traits(Connection connection, String collation, Warnings warnings) throws SQLException {
        try (var statement = connection.prepareStatement(TRAITS)) {
            statement.setString(1, collation);
            try (var answer = statement.executeQuery()) {
                answer.next();
                ServerClock.check(Instant.ofEpochSecond(answer.getLong(1)), warnings);
                if (answer.getString(2) == null) {
                    warnings.remove("collation");
                } else {
                    warnings.add(
                            "collation",
                            "Texts of the database have another collation than the migrations gave them, so filters, orders and cursors are wrong. Convert the columns to "
                                    + collation + ".",
                            answer.getString(2));
                }
            }
        }
    }
}
