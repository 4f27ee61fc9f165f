package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.hibernate.Session;

/// Inserts many rows as one batch, which the driver sends in one message.
final class MariaDbInsert {

    private MariaDbInsert() {}

    /// Like Hibernate's pooled-lo optimizer: each value of the sequence is the first id of a block. `seq_1_to_20` is a
    /// table of MariaDB's that has these numbers.
    static PrimitiveIterator.OfLong newIds(Session session, EntityTable table, int many) {
        int block = table.idsPerValue();
        return session
                .createNativeQuery(
                        "select nextval(%s) from seq_1_to_%d".formatted(table.sequence(), (many + block - 1) / block),
                        Long.class)
                .getResultList()
                .stream()
                .flatMapToLong(first -> IntStream.range(0, block).mapToLong(i -> first + i))
                .iterator();
    }

    static void insert(Session session, EntityTable table, List<?> rows) {
        var places = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
        var insert =
                "insert into %s (%s) values (%s)".formatted(table.name(), String.join(", ", table.columns()), places);
        session.doWork(connection -> send(
                connection,
                insert,
                rows.stream().map(row -> table.values(session, row)).toList()));
    }

    private static void send(Connection connection, String insert, List<List<Object>> rows) throws SQLException {
        try (var statement = connection.prepareStatement(insert)) {
            for (var row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setObject(i + 1, written(row.get(i)));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Object written(Object value) {
        return value instanceof Instant time ? LocalDateTime.ofInstant(time, ZoneOffset.UTC) : value;
    }
}
