package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import dev.byline.platform.health.Warnings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.hibernate.Session;

/// PostgreSQL 14 or newer.
public final class PostgreSql implements Database {

    /// The size is that of the whole table with its indexes: compressed, and with its free space.
    private static final KeyRemoval KEYS = new KeyRemoval("""
            delete from idempotency_keys where (caller, key) in (
                select caller, key from idempotency_keys where %s
                order by created_at limit :most for update skip locked
            )""", "pg_total_relation_size('idempotency_keys')");

    @Override
    public Set<Long> keepRows(Session session, Class<?> entity, Collection<Long> ids) {
        return new HashSet<>(session.createNativeQuery(
                        "select id from %s where id = any(:ids) order by id for key share"
                                .formatted(EntityTable.of(session, entity).name()),
                        Long.class)
                .setParameter("ids", ids.stream().distinct().toArray(Long[]::new))
                .getResultList());
    }

    @Override
    public PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many) {
        return PostgreSqlInsert.newIds(session, EntityTable.of(session, entity), many);
    }

    @Override
    public void skipIds(Session session, Class<?> entity, long greatest) {
        PostgreSqlInsert.skipIds(session, EntityTable.of(session, entity), greatest);
    }

    @Override
    public void insert(Session session, List<?> rows) {
        PostgreSqlInsert.insert(session, EntityTable.of(session, rows.getFirst().getClass()), rows);
    }

    /// One array, so that the statement is the same for any number of parents. PostgreSQL does not read the texts that
    /// it leaves out: it knows the size of a long text without reading it.
    @Override
    public <E> Map<Long, List<E>> newest(
            Session session, Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        var table = EntityTable.of(session, entity);
        var statement = session.createNativeQuery(
                        """
                        select parent_id, %1$s from (
                            select parent.id parent_id, place, newest.*,
                                coalesce(sum(%2$s) over (
                                    order by place groups between unbounded preceding and 1 preceding), 0) bytes_before
                            from unnest(:parents) with ordinality parent (id, place) left join lateral (
                                select %1$s from %3$s where %4$s = parent.id order by id desc limit :most
                            ) newest on true
                        ) newest
                        where bytes_before < :bytes
                        order by id desc""".formatted(
                                        String.join(", ", table.columns()),
                                        NewestRows.octets(table),
                                        table.name(),
                                        table.column(parent)),
                        Object[].class)
                .setParameter("parents", parents.toArray(Long[]::new))
                .setParameter("most", most)
                .setParameter("bytes", bytes);
        return NewestRows.byParent(statement, entity);
    }

    @Override
    public String searchCondition(Class<?> entity, String text) {
        return "cast(sql('? @@ ?', column(this.search), " + searchQuery(text) + ") as Boolean) = true";
    }

    @Override
    public String searchRank(Class<?> entity, String text) {
        return "cast(function('ts_rank', column(this.search), " + searchQuery(text) + ") as Float)";
    }

    /// The schema has this function, and the table the column `search`, a generated `tsvector`, so that texts and
    /// searches always have the same language (`db/004-search.sql`).
    private static String searchQuery(String text) {
        return "function('search_query', " + text + ")";
    }

    @Override
    public long estimate(Session session, String from, Map<String, Object> parameters) {
        return PostgreSqlEstimate.of(session, from, parameters);
    }

    @Override
    public boolean tryLock(Session session, String name) {
        return session.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", name)
                .getSingleResult();
    }

    @Override
    public KeyRemoval keyRemoval() {
        return KEYS;
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

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String exampleUrl() {
        return "jdbc:postgresql://host:5432/name";
    }

    @Override
    public Meaning meaning(SQLException failure) {
        return PostgreSqlFailures.meaning(failure);
    }

    @Override
    public Reference reference(SQLException failure) {
        return PostgreSqlFailures.reference(failure);
    }

    @Override
    public Optional<String> remedy(SQLException refusal) {
        return PostgreSqlFailures.remedy(refusal);
    }

    @Override
    public String silence() {
        return PostgreSqlFailures.SILENCE;
    }

    @Override
    public void check(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException {
        PostgreSqlChecks.budget(connection, processes, poolSize, warnings);
        PostgreSqlChecks.traits(connection, warnings);
    }
}
