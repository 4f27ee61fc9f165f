package dev.byline.platform.database;

import dev.byline.platform.health.Warnings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.ServiceLoader;
import java.util.Set;
import org.hibernate.Session;

/// What the service needs of its database beyond HQL. Each database has its own implementation, and no other class
/// knows SQL. A build is for one database (`byline.database`); its folder in `src/main/databases` names the class.
public interface Database {

    /// The database that this build is for.
    static Database get() {
        return OfThisBuild.DATABASE;
    }

    /// Locks the rows with these ids, so that nobody deletes them until the transaction ends.
    ///
    /// @return the ids that belong to a row
    Set<Long> keepRows(Session session, Class<?> entity, Collection<Long> ids);

    /// New ids for so many rows of the entity.
    PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many);

    /// Sees to it that no new row gets an id up to this one, because rows from another database keep theirs. Only a
    /// block of ids that another process has taken before may still have some: its next insert then fails with
    /// {@link Meaning#ID_TAKEN}.
    void skipIds(Session session, Class<?> entity, long greatest);

    /// Inserts new rows of one entity, which have their ids and times, on the connection of the session. That is one
    /// statement, which Hibernate does not count. Afterwards the rows are not in the session.
    void insert(Session session, List<?> rows);

    /// The newest rows of each of these parents, newest first, in one statement that reads at most `most` rows of
    /// each parent. When the texts of the parents so far have reached `bytes` in UTF-8, the following parents are
    /// left out. The first parent is always included.
    ///
    /// @param parent the attribute that refers to the parent
    /// @param bytes the limit for all texts of the rows
    <E> Map<Long, List<E>> newest(
            Session session, Class<E> entity, String parent, List<Long> parents, int most, long bytes);

    /// What a client searches for, as the database's search takes it. Clients write it as in search engines:
    /// `"native image" -docker`, `this or that`.
    default String searchText(String text) {
        return text;
    }

    /// Whether a row of a searchable table fits the search, in HQL.
    ///
    /// @param text the placeholder of a {@link #searchText}
    String searchCondition(Class<?> entity, String text);

    /// How well a row fits, in HQL: a number, which is greater where it fits better.
    String searchRank(Class<?> entity, String text);

    /// About how many rows there are, without reading them.
    ///
    /// @param from the part of a statement in HQL that begins with `from`
    long estimate(Session session, String from, Map<String, Object> parameters);

    /// Whether an index serves a comparison of rows, `(a, b) < (:a, :b)`, as a whole.
    default boolean comparesRowsByIndex() {
        return true;
    }

    /// Locks a name until the transaction ends, without waiting.
    ///
    /// @return false while another transaction has the lock
    boolean tryLock(Session session, String name);

    /// How idempotency keys are removed.
    KeyRemoval keyRemoval();

    /// Lets the transaction, which has not read yet, write until its end. A database with a lock for each row needs
    /// nothing.
    ///
    /// @throws org.hibernate.HibernateException when other transactions write for too long
    default void beginWrite(Session session) {}

    /// Lets the transaction, which has just begun and only reads, see one state of the database until its end. It is
    /// ended when its rows are not taken for so long, even if this process is gone.
    void beginSnapshot(Session session, Duration patience);

    /// Whether the driver takes the rows of an export one by one from the network, and can send no other statement
    /// meanwhile. Else it takes them in batches.
    default boolean sendsRowsOneByOne() {
        return false;
    }

    /// What people call it.
    String name();

    /// How the address of one looks: a value of QUARKUS_DATASOURCE_JDBC_URL.
    String exampleUrl();

    Meaning meaning(SQLException failure);

    /// The foreign key that is violated.
    ///
    /// @param failure whose meaning is {@link Meaning#REFERENCE}
    Reference reference(SQLException failure);

    /// Why the service cannot use the database, and what to do about it, for an operator. It names the setting, but no
    /// address. Empty where the request or the load is the reason, and not the deployment.
    Optional<String> remedy(SQLException refusal);

    /// The same where the pool does not say why a connection could not be made.
    String silence();

    /// The file of the change set that was applied last.
    default Optional<String> lastChangeSet(Connection connection) throws SQLException {
        // In capitals, as Liquibase makes it: MariaDB distinguishes them.
        try (var statement = connection.createStatement();
                var last = statement.executeQuery(
                        "select filename from DATABASECHANGELOG order by orderexecuted desc limit 1")) {
            return last.next() ? Optional.of(last.getString(1)) : Optional.empty();
        }
    }

    /// Warns of what the database lacks beyond the schema.
    ///
    /// @param processes how many processes share the database, each with a pool of this size
    void check(Connection connection, int processes, int poolSize, Warnings warnings) throws SQLException;

    /// Writes a copy of the database into a new file, while the service runs.
    ///
    /// @param url of the database
    /// @throws UnsupportedOperationException where the database has its own tools for that
    default void backUp(String url, Path file) throws SQLException {
        throw new UnsupportedOperationException(name() + " has its own tools for backups.");
    }

    /// Created at its first use. In a native executable that is during its build.
    final class OfThisBuild {

        private static final Database DATABASE = ServiceLoader.load(Database.class, Database.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("src/main/databases has no folder for this build"));

        private OfThisBuild() {}
    }
}
