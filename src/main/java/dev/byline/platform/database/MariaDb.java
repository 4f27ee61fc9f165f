package dev.byline.platform.database;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.framework.EntityTable;
import dev.byline.platform.health.Warnings;
import dev.byline.platform.problem.Causes;
import jakarta.persistence.PersistenceException;
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
import org.apache.commons.codec.digest.DigestUtils;
import org.hibernate.Session;

/// MariaDB 10.6 or newer.
public class MariaDb implements Database {

    private static final KeyRemoval KEYS = new KeyRemoval("""
            delete from idempotency_keys where id in (
                select id from (
                    select id from idempotency_keys where %s
                    order by created_at limit :most for update skip locked
                ) oldest
            )""", """
            select data_length + index_length from information_schema.tables
            where table_schema = database() and table_name = 'idempotency_keys'""");

    /// InnoDB has no weaker lock than a shared one: meanwhile nobody changes the rows, either.
    @Override
    public Set<Long> keepRows(Session session, Class<?> entity, Collection<Long> ids) {
        return new HashSet<>(session.createNativeQuery(
                        "select id from %s where id in (:ids) order by id lock in share mode"
                                .formatted(EntityTable.of(session, entity).name()),
                        Long.class)
                .setParameterList("ids", new HashSet<>(ids))
                .getResultList());
    }

    @Override
    public PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many) {
        return MariaDbInsert.newIds(session, EntityTable.of(session, entity), many);
    }

    /// The sequence never goes back, whatever is set.
    @Override
    public void skipIds(Session session, Class<?> entity, long greatest) {
        var table = EntityTable.of(session, entity);
        session.createNativeQuery("select setval(%s, %d)".formatted(table.sequence(), greatest), Long.class)
                .getResultList();
        table.skipIds(session, greatest);
    }

    @Override
    public void insert(Session session, List<?> rows) {
        MariaDbInsert.insert(session, EntityTable.of(session, rows.getFirst().getClass()), rows);
    }

    /// The ids come as one JSON array, so that the statement is the same for any number of parents. The inner
    /// queries read the sizes of the texts only: what they return is copied into a temporary table. MariaDB has no
    /// `lateral`, but a condition on the `most`-th newest id, by the index of parent and id.
    @Override
    public <E> Map<Long, List<E>> newest(
            Session session, Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        var table = EntityTable.of(session, entity);
        var columns = table.columns().stream().map(column -> "r." + column).collect(joining(", "));
        var statement = session.createNativeQuery(
                        """
                        select parent_id, %1$s from (
                            select parent.id parent_id, newest.id,
                                coalesce(sum(%2$s) over (
                                    order by place range between unbounded preceding and 1 preceding), 0) bytes_before
                            from json_table(:parents, '$[*]' columns (place for ordinality, id bigint path '$')) parent
                            left join %3$s newest on newest.%4$s = parent.id and newest.id >= coalesce((
                                select id from %3$s where %4$s = parent.id order by id desc limit 1 offset :others), 0)
                        ) newest left join %3$s r on r.id = newest.id
                        where bytes_before < :bytes
                        order by r.id desc""".formatted(columns, NewestRows.octets(table), table.name(), table.column(parent)),
                        Object[].class)
                .setParameter("parents", parents.toString())
                .setParameter("others", most - 1)
                .setParameter("bytes", bytes);
        return NewestRows.byParent(statement, entity);
    }

    @Override
    public String searchText(String text) {
        return MariaDbSearch.inBooleanMode(text);
    }

    @Override
    public String searchCondition(Class<?> entity, String text) {
        return match("match (?) against (? in boolean mode)", text) + " > sql('0')";
    }

    /// A whole number below 999, so that the number in a cursor equals that of its row.
    @Override
    public String searchRank(Class<?> entity, String text) {
        return "cast(" + match("floor(999 - 999 / (1 + match (?) against (? in boolean mode)))", text) + " as Float)";
    }

    /// The table has the column `search`, with a FULLTEXT index (`db/mariadb`).
    private static String match(String sql, String text) {
        return "sql('" + sql + "', column(this.search), " + text + ")";
    }

    @Override
    public long estimate(Session session, String from, Map<String, Object> parameters) {
        return MariaDbEstimate.of(session, from, parameters);
    }

    @Override
    public boolean comparesRowsByIndex() {
        return false;
    }

    /// Inserts a row that it deletes again: until the transaction ends, another one that inserts the same would wait,
    /// and that is not allowed to. The server has locks of names, too, but they do not end with the transaction.
    @Override
    public boolean tryLock(Session session, String name) {
        var digest = DigestUtils.sha256(name);
        try {
            session.createNativeMutationQuery(insertWithoutWaiting("insert into locks (name) values (:name)"))
                    .setParameter("name", digest)
                    .executeUpdate();
        } catch (PersistenceException e) {
            if (Causes.find(e, SQLException.class).map(this::meaning).equals(Optional.of(Meaning.LOCKED))) {
                return false;
            }
            throw e;
        }
        session.createNativeMutationQuery("delete from locks where name = :name")
                .setParameter("name", digest)
                .executeUpdate();
        return true;
    }

    String insertWithoutWaiting(String insert) {
        return "set statement innodb_lock_wait_timeout = 0 for " + insert;
    }

    @Override
    public KeyRemoval keyRemoval() {
        return KEYS;
    }

    /// Transactions that only read have a limit of their own (`idle_readonly_transaction_timeout`).
    @Override
    public void beginSnapshot(Session session, Duration patience) {
        session.createNativeMutationQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
    }

    @Override
    public boolean sendsRowsOneByOne() {
        return true;
    }

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public String exampleUrl() {
        return "jdbc:mariadb://host:3306/name";
    }

    @Override
    public Meaning meaning(SQLException failure) {
        return MariaDbFailures.meaning(failure);
    }

    @Override
    public Reference reference(SQLException failure) {
        return MariaDbFailures.reference(failure);
    }

    @Override
    public Optional<String> remedy(SQLException refusal) {
        return MariaDbFailures.remedy(refusal);
    }

    @Override
    public String silence() {
        return MariaDbFailures.SILENCE;
    }

    @Override
    public void check(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException {
        MariaDbChecks.budget(connection, processes, poolSize, warnings);
        MariaDbChecks.traits(connection, collation(), warnings);
    }

    /// That of every text, so that texts are compared by code point.
    String collation() {
        return "utf8mb4_nopad_bin";
    }
}
