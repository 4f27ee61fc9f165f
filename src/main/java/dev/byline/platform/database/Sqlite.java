package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import dev.byline.platform.health.Warnings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;
import org.sqlite.JDBC;

/// SQLite, in one file and for one process. One transaction writes at a time; any number read meanwhile, each what
/// was committed when it began to read.
public final class Sqlite implements Database {

    /// The size is that of the whole file.
    private static final KeyRemoval KEYS =
            new KeyRemoval("""
            delete from idempotency_keys where rowid in (
                select rowid from idempotency_keys where %s order by created_at limit :most
            )""", "select page_count * page_size from pragma_page_count(), pragma_page_size()");

    /// The names that transactions of this process have locked.
    private static final Set<String> LOCKED = ConcurrentHashMap.newKeySet();

    /// Only this transaction writes, so nobody else deletes rows.
    @Override
    public Set<Long> keepRows(Session session, Class<?> entity, Collection<Long> ids) {
        return new HashSet<>(session.createNativeQuery(
                        "select id from %s where id in (select value from json_each(:ids))"
                                .formatted(EntityTable.of(session, entity).name()),
                        Long.class)
                .setParameter("ids", array(ids))
                .getResultList());
    }

    /// In JSON.
    private static String array(Collection<Long> ids) {
        return ids.stream().filter(Objects::nonNull).distinct().toList().toString();
    }

    @Override
    public PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many) {
        return SqliteIds.take(session, EntityTable.of(session, entity), many);
    }

    /// The insert of the row with this id does that.
    @Override
    public void skipIds(Session session, Class<?> entity, long greatest) {}

    @Override
    public void insert(Session session, List<?> rows) {
        SqliteInsert.insert(session, EntityTable.of(session, rows.getFirst().getClass()), rows);
    }

    @Override
    public <E> Map<Long, List<E>> newest(
            Session session, Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        var table = EntityTable.of(session, entity);
        var statement = session.createNativeQuery(
                        """
                        select parent_id, %1$s from (
                            select parent.value parent_id, newest.*,
                                coalesce(sum(%2$s) over (
                                    order by parent.key groups between unbounded preceding and 1 preceding), 0) bytes_before
                            from json_each(:parents) parent left join %3$s newest on newest.id in (
                                select id from %3$s where %4$s = parent.value order by id desc limit :most
                            )
                        ) newest
                        where bytes_before < :bytes
                        order by id desc""".formatted(
                                        String.join(", ", table.columns()),
                                        NewestRows.octets(table),
                                        table.name(),
                                        table.column(parent)),
                        Object[].class)
                .setParameter("parents", array(parents))
                .setParameter("most", most)
                .setParameter("bytes", bytes);
        return NewestRows.byParent(statement, entity);
    }

    @Override
    public String searchCondition(Class<?> entity, String text) {
        return SqliteSearch.condition(entity, text);
    }

    @Override
    public String searchRank(Class<?> entity, String text) {
        return SqliteSearch.rank(entity, text);
    }

    /// SQLite expects nothing, so the rows are counted.
    @Override
    public long estimate(Session session, String from, Map<String, Object> parameters) {
        var selection = session.createSelectionQuery("select count(*)" + from, Long.class);
        parameters.forEach(selection::setParameter);
        return selection.getSingleResult();
    }

    /// The transaction then writes: what it reads next is what others have written before it.
    @Override
    public boolean tryLock(Session session, String name) {
        if (!LOCKED.add(name)) {
            return false;
        }
        session.addEventListeners(new AfterTransaction(() -> LOCKED.remove(name)));
        beginWrite(session);
        return true;
    }

    @Override
    public KeyRemoval keyRemoval() {
        return KEYS;
    }

    @Override
    public void beginWrite(Session session) {
        SqliteWriter.begin(session);
    }

    /// Every transaction sees one state, from its first statement on. Nobody waits for one that reads.
    @Override
    public void beginSnapshot(Session session, Duration patience) {
        session.doWork(SqliteConnections::setUnlimited);
    }

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public String exampleUrl() {
        return "jdbc:sqlite:byline.db";
    }

    @Override
    public Meaning meaning(SQLException failure) {
        return SqliteFailures.meaning(failure);
    }

    @Override
    public Reference reference(SQLException failure) {
        return SqliteFailures.reference(failure);
    }

    @Override
    public Optional<String> remedy(SQLException refusal) {
        return SqliteFailures.remedy(refusal);
    }

    @Override
    public String silence() {
        return SqliteFailures.SILENCE;
    }

    /// Without a pool: this process does not serve.
    @Override
    public void backUp(String url, Path file) throws SQLException {
        var settings = new Properties();
        settings.setProperty("open_mode", "1"); // read only: it must not make an empty database
        try (var connection = JDBC.createConnection(url, settings);
                var copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, file.toString());
            copy.execute();
        }
    }

    @Override
    public void check(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException {
        try (var statement = connection.createStatement();
                var mode = statement.executeQuery("pragma journal_mode")) {
            if (!mode.next() || !mode.getString(1).equals("wal")) {
                warnings.add(
                        "journal",
                        "The database cannot have a write-ahead log, so reads wait for writes. Keep its file on a disk of this machine.");
            }
        }
    }
}
