package dev.byline.platform.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.byline.platform.framework.EntityTable;
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

    private final StringBuilder text = new StringBuilder();

    private CopyInsert() {}

    static void insert(Session session, List<? extends BaseEntity> rows) {
        var table = EntityTable.of(session, rows.getFirst().getClass());
        var copy = new CopyInsert();
        var ids = ids(session, table, rows.size());
        for (var row : rows) {
            row.id = ids.nextLong();
            row.stampCreation();
            copy.add(row.id);
            table.values(session, row).forEach(value -> copy.separate().add(value));
            copy.text.append('\n');
        }
        var columns = table.columns().stream().map(EntityTable.Column::name).collect(joining(", "));
        var statement = "copy %s (id, %s) from stdin".formatted(table.name(), columns);
        session.doWork(connection -> copy.send(connection, statement));
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

    private void send(Connection connection, String statement) throws SQLException {
        long start = System.nanoTime();
        var bytes = text.toString().getBytes(UTF_8);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        RequestStatements.current().addStatement(System.nanoTime() - start);
    }

    private CopyInsert separate() {
        text.append('\t');
        return this;
    }

    /// Adds a value of the row: null, a number, a time or a text.
    private void add(Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String string) {
            escape(string);
        } else {
            text.append(value);
        }
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
