package dev.byline.platform.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.postgresql.PGConnection;

/// Inserts many new rows with PostgreSQL's COPY, on the connection and in the transaction of the session. They get ids
/// and times as if they were persisted one by one; the session does not know them afterwards.
public final class CopyInsert {

    private static final int BLOCK = 50; // the sequences' increment

    private final StringBuilder text = new StringBuilder();

    private CopyInsert() {}

    /// @param columns those of the table that not every table has
    /// @param values adds the values of these columns, in their order
    static <E extends BaseEntity> void insert(
            Session session, String table, String columns, List<E> rows, BiConsumer<CopyInsert, E> values) {
        var copy = new CopyInsert();
        var ids = ids(session, table, rows.size());
        for (var row : rows) {
            row.id = ids.nextLong();
            row.stampCreation();
            copy.add(row.id).add(row.createdAt).add(row.updatedAt).add(row.version);
            values.accept(copy, row);
            copy.text.setCharAt(copy.text.length() - 1, '\n');
        }
        var statement = "copy %s (id, created_at, updated_at, version, %s) from stdin".formatted(table, columns);
        session.doWork(connection -> copy.send(connection, statement));
    }

    /// Ids as Hibernate's pooled-lo optimizer takes them: a value of the sequence stands for the block that begins with
    /// it.
    private static PrimitiveIterator.OfLong ids(Session session, String table, int many) {
        return session
                .createNativeQuery(
                        "select nextval('" + table + "_id_seq') from generate_series(1, :blocks)", Long.class)
                .setParameter("blocks", (many + BLOCK - 1) / BLOCK)
                .getResultList()
                .stream()
                .flatMapToLong(first -> IntStream.range(0, BLOCK).mapToLong(i -> first + i))
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

    /// Adds a value of the row: null, a number, a time or a text.
    public CopyInsert add(Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String string) {
            escape(string);
        } else {
            text.append(value);
        }
        text.append('\t');
        return this;
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
