package dev.byline.platform.persistence;

import static java.time.temporal.ChronoUnit.MICROS;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

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

    /// Inserts new rows of one table, however many, in two statements. The session does not know them afterwards.
    ///
    /// @param columns those of the table that not every table has
    /// @param values adds the values of these columns, in their order
    protected static <E extends BaseEntity> void copy(
            String table, String columns, List<E> rows, BiConsumer<CopyInsert, E> values) {
        if (!rows.isEmpty()) {
            CopyInsert.insert(getSession(), table, columns, rows, values);
        }
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
