package dev.byline.platform.persistence;

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

/// Inserts many new rows with PostgreSQL's COPY, on the connection and in the transaction of the session. The rows
/// get ids and times as if they were persisted one by one. Afterwards they are not in the session.
final class CopyInsert {

    private CopyInsert() {}

    static void insert(Session session, List<? extends BaseEntity> rows) {
        var table = EntityTable.of(session, rows.getFirst().getClass());
        var text = new StringBuilder();
        var ids = ids(session, table, rows.size());
        for (var row : rows) {
            row.id = ids.nextLong();
            row.stampCreation();
            text.append(row.id);
            table.values(session, row).forEach(value -> text.append('\t').append(written(value)));
            text.append('\n');
        }
        var statement = "copy %s (id, %s) from stdin".formatted(table.name(), String.join(", ", table.names()));
        session.doWork(connection -> send(connection, statement, text.toString().getBytes(UTF_8)));
    }

    /// Allocates ids like Hibernate's pooled-lo optimizer: each value of the sequence is the first id of a block.
    private static PrimitiveIterator.OfLong ids(Session session, EntityTable table, int many) {
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

    private static void send(Connection connection, String statement, byte[] text) throws SQLException {
        long start = System.nanoTime();
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RequestStatements.current().addStatement(System.nanoTime() - start);
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
