package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.hibernate.Session;

/// MySQL 8.0.21 or newer: MariaDB but for what stands here. It was never run.
public final class MySql extends MariaDb {

    /// There are no sequences. Hibernate takes each block of ids from a table, in a transaction of its own, so that no
    /// other one waits for the end of this one.
    @Override
    public PrimitiveIterator.OfLong newIds(Session session, Class<?> entity, int many) {
        var table = EntityTable.of(session, entity);
        return LongStream.generate(() -> table.nextId(session)).limit(many).iterator();
    }

    @Override
    public void skipIds(Session session, Class<?> entity, long greatest) {
        EntityTable.of(session, entity).skipIds(session, greatest);
    }

    /// No statement has a lock timeout of its own, so it waits as long as others do.
    @Override
    String insertWithoutWaiting(String insert) {
        return insert;
    }

    /// They come from a cursor.
    @Override
    public boolean sendsRowsOneByOne() {
        return false;
    }

    @Override
    public String name() {
        return "MySQL";
    }

    @Override
    public String exampleUrl() {
        return "jdbc:mysql://host:3306/name";
    }

    @Override
    String collation() {
        return "utf8mb4_0900_bin";
    }
}
