package dev.byline.platform.persistence;

import static java.time.temporal.ChronoUnit.MICROS;

import dev.byline.platform.framework.EntityTable;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What every row has: an id from the table's sequence, the times of its first and last write, and a version that
/// rises with each change. Hibernate compares the version in every UPDATE and DELETE, so a change based on an older
/// state cannot be stored.
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
    /// @param lock {@link LockModeType#PESSIMISTIC_WRITE} for a writer: until the transaction ends, nobody else
    /// changes
    /// or deletes the row
    /// @throws EntityNotFoundException when there is none
    protected static <E extends BaseEntity> E get(Class<E> entity, long id, LockModeType lock) {
        var row = getSession().find(entity, id, lock);
        if (row == null) {
            throw new EntityNotFoundException(
                    "There is no " + entity.getSimpleName().toLowerCase(Locale.ROOT) + " " + id);
        }
        return row;
    }

    /// Stands for the row without reading it. Whether it exists shows when a row that refers to it is flushed.
    public static <E extends BaseEntity> E reference(Class<E> entity, long id) {
        return getSession().getReference(entity, id);
    }

    /// Those of these ids that are a row's. Until the transaction ends nobody deletes these rows.
    public static Set<Long> existing(Class<?> entity, Collection<Long> ids) {
        var rows = "select id from %s where id = any(:ids) order by id for key share";
        return new HashSet<>(getSession()
                .createNativeQuery(
                        rows.formatted(EntityTable.of(getSession(), entity).name()), Long.class)
                .setParameter("ids", ids.stream().distinct().toArray(Long[]::new))
                .getResultList());
    }

    /// Inserts new rows of one table, however many, in two statements. The session does not know them afterwards.
    public static void createAll(List<? extends BaseEntity> rows) {
        if (!rows.isEmpty()) {
            CopyInsert.insert(getSession(), rows);
        }
    }

    /// The newest rows of each of these parents, newest first, in one statement that reads no more than `most` rows a
    /// parent. Parents that follow on `bytes` of texts, in UTF-8, are left out; the first one never is.
    ///
    /// @param parent the attribute that refers to it
    /// @param bytes of all texts of the rows
    protected static <E extends BaseEntity> Map<Long, List<E>> newest(
            Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        return NewestRows.of(getSession(), entity, parent, parents, most, bytes);
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

    /// PostgreSQL keeps microseconds; finer digits would be in the first answer and gone from the next.
    private static Instant now() {
        return Instant.now().truncatedTo(MICROS);
    }
}
