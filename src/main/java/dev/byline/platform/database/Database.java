package dev.byline.platform.database;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

    /// Inserts new rows of one entity, which have their ids and times, on the connection of the session. That is one
    /// statement, which Hibernate does not count. Afterwards the rows are not in the session.
    void insert(Session session, List<?> rows);

    /// Locks a name until the transaction ends, without waiting.
    ///
    /// @return false while another transaction has the lock
    boolean tryLock(Session session, String name);

    /// Lets the transaction, which has just begun and only reads, see one state of the database until its end. It is
    /// ended when its rows are not taken for so long, even if this process is gone.
    void beginSnapshot(Session session, Duration patience);

    /// Created at its first use. In a native executable that is during its build.
    final class OfThisBuild {

        private static final Database DATABASE = ServiceLoader.load(Database.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("src/main/databases has no folder for this build"));

        private OfThisBuild() {}
    }
}
