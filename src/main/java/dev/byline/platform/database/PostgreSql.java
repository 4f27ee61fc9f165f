package dev.byline.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.byline.platform.framework.EntityTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.postgresql.PGConnection;

/// PostgreSQL 14 or newer.
public final class PostgreSql implements Database {

    @Override
    public Set<Long> keepRows(Session session, Class<?> entity, Collection<Long> ids) {
        return new HashSet<>(session.createNativeQuery(
                        "select id from %s where id = any(:ids) order by id for key share"
                                .formatted(EntityTable.of(session, entity).name()),
                        Long.class)
                .setParameter("ids", ids.stream().distinct().toArray(Long[]::new))
                .getResultList());
    }

    /// Like Hibernate's pooled-lo optimizer: each value of the sequence is the first id of a block.
    @Override
    public PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many) {
        var table = EntityTable.of(session, entity);
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

    @Override
    public void insert(Session session, List<?> rows) {
        var table = EntityTable.of(session, rows.getFirst().getClass());
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

    @Override
    public boolean tryLock(Session session, String name) {
        return session.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", name)
                .getSingleResult();
    }

    @Override
    public void beginSnapshot(Session session, Duration patience) {
        session.createNativeMutationQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
        session.createNativeQuery(
                        "select set_config('idle_in_transaction_session_timeout', :patience, true)", String.class)
                .setParameter("patience", patience.toMillis() + "ms")
                .getSingleResult();
    }
}
