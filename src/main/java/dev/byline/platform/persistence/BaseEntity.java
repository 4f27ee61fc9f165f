package dev.byline.platform.persistence;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.byline.platform.database.Database;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;

/// The columns of every row: an id from the table's sequence, the times of the first and last write, and a version
/// that is incremented with each change. Hibernate compares the version in every UPDATE and DELETE, so a change
/// based on an older state cannot be stored.
@MappedSuperclass
public abstract class BaseEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    public Long id;

    public Instant createdAt;
    public Instant updatedAt;

    @Version
    public long version;

    /// The row with this id.
    ///
    /// @param lock {@link LockModeType#PESSIMISTIC_WRITE} for a write: it locks the row until the transaction ends
    /// @throws EntityNotFoundException if there is none
    protected static <E extends BaseEntity> E get(Class<E> entity, long id, LockModeType lock) {
        var row = getSession().find(entity, id, lock);
        if (row == null) {
            throw new EntityNotFoundException(
                    "There is no " + entity.getSimpleName().toLowerCase(Locale.ROOT) + " " + id);
        }
        return row;
    }

    /// A reference to the row, without reading it; null for a null id. If there is no such row, flushing a row that
    /// refers to it fails.
    public static <E extends BaseEntity> E reference(Class<E> entity, Long id) {
        return id == null ? null : getSession().getReference(entity, id);
    }

    /// The ids among these that belong to a row. Nobody deletes these rows until the transaction ends.
    public static Set<Long> existing(Class<?> entity, Collection<Long> ids) {
        return Database.get().keepRows(getSession(), entity, ids);
    }

    /// Gives a new row what it had in another database.
    public void keep(long id, Instant createdAt, Instant updatedAt, long version) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = updatedAt;
        this.version = version;
    }

    /// Inserts any number of new rows of one table in two statements. Afterwards they are not in the session. Either
    /// all rows {@link #keep} their ids, or none.
    public static void createAll(List<? extends BaseEntity> rows) {
        if (!rows.isEmpty()) {
            createAll(getSession(), rows);
        }
    }

    static void createAll(Session session, List<? extends BaseEntity> rows) {
        if (rows.getFirst().id == null) {
            stampCreation(session, rows);
        } else {
            long greatest = rows.stream().mapToLong(row -> row.id).max().orElseThrow();
            Database.get().skipIds(session, rows.getFirst().getClass(), greatest);
        }
        long start = System.nanoTime();
        Database.get().insert(session, rows);
        RequestStatements.current().addStatement(System.nanoTime() - start);
    }

    private static void stampCreation(Session session, List<? extends BaseEntity> rows) {
        var ids = Database.get().newIds(session, rows.getFirst().getClass(), rows.size());
        for (var row : rows) {
            row.id = ids.nextLong();
            row.stampCreation();
        }
    }

    /// The newest rows of each of these parents, newest first, in one statement that reads at most `most` rows of
    /// each parent. When the texts of the parents so far have reached `bytes` in UTF-8, the following parents are
    /// left out. The first parent is always included.
    ///
    /// @param parent the attribute that refers to the parent
    /// @param bytes the limit for all texts of the rows
    protected static <E extends BaseEntity> Map<Long, List<E>> newest(
            Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        return Database.get().newest(getSession(), entity, parent, parents, most, bytes);
    }

    @PrePersist
    void stampCreation() {
        createdAt = now();
        updatedAt = createdAt;
    }

    @PreUpdate
    void stampUpdate() {
        updatedAt = now();
    }

    /// Databases store microseconds. Finer digits would be in the first answer and missing in the next.
    private static Instant now() {
        return Instant.now().truncatedTo(MICROS);
    }
}
