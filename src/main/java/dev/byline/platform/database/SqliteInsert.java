package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.hibernate.Session;

/// Inserts many rows with one prepared statement. There is no server, so there are no round trips to save.
final class SqliteInsert {

    private SqliteInsert() {}

    static void insert(Session session, EntityTable table, List<?> rows) {
        var columns = table.columns();
        var insert = "insert into %s (%s) values (%s)"
                .formatted(
                        table.name(),
                        String.join(", ", columns),
                        String.join(", ", Collections.nCopies(columns.size(), "?")));
        session.doWork(connection -> {
            try (var statement = connection.prepareStatement(insert)) {
                for (var row : rows) {
                    SqliteDeadline.start();
                    execute(statement, table.values(session, row));
                }
            }
        });
    }

    private static void execute(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(
                    i + 1, values.get(i) instanceof Instant time ? SqliteTime.written(time) : values.get(i));
        }
        statement.executeUpdate();
    }
}
