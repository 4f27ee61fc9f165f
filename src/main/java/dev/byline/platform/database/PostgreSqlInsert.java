package dev.byline.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.byline.platform.framework.EntityTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.postgresql.PGConnection;

/// Inserts many rows with PostgreSQL's COPY.
final class PostgreSqlInsert {

    /// So many that a statement ends long before its timeout.
    private static final long MOST_BLOCKS = 1_000_000;

    private PostgreSqlInsert() {}

    /// Like Hibernate's pooled-lo optimizer: each value of the sequence is the first id of a block.
    static PrimitiveIterator.OfLong newIds(Session session, EntityTable table, int many) {
        int block = table.idsPerValue();
        return session
                .createNativeQuery(
                        "select nextval('" + table.sequence() + "') from generate_series(1, :blocks)", Long.class)
                .setParameter("blocks", (many + block - 1) / block)
                .getResultList()
                .stream()
                .flatMapToLong(first -> IntStream.range(0, block).mapToLong(i -> first + i))
                .iterator();
    }

    /// Takes values until they are beyond. `setval` would be faster, but it needs a right that the service does not
    /// have, and it turns the sequence back if another transaction takes a value at the same moment.
    static void skipIds(Session session, EntityTable table, long greatest) {
        int block = table.idsPerValue();
        var values = session.createNativeQuery(
                "select max(value) from (select nextval('%s') value from generate_series(1, :blocks)) taken"
                        .formatted(table.sequence()),
                Long.class);
        long value = 0;
        while (value <= greatest) {
            long blocks = value == 0 ? 1 : (greatest - value) / block + 1;
            value = values.setParameter("blocks", Math.min(blocks, MOST_BLOCKS)).getSingleResult();
        }
        table.skipIds(session, greatest);
    }

    static void insert(Session session, EntityTable table, List<?> rows) {
        var text = new StringBuilder();
        for (var row : rows) {
            var separator = "";
            for (var value : table.values(session, row)) {
                text.append(separator).append(written(value));
                separator = "\t";
            }
            text.append('\n');
        }
        var copy = "copy %s (%s) from stdin".formatted(table.name(), String.join(", ", table.columns()));
        session.doWork(connection -> send(connection, copy, text.toString().getBytes(UTF_8)));
    }

    private static void send(Connection connection, String copy, byte[] text) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A value in the text format of COPY.
    private static Object written(Object value) {
        return switch (value) {
            case null -> "\\N";
            case String text ->
                text.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
            default -> value; // a number or a time
        };
    }
}
