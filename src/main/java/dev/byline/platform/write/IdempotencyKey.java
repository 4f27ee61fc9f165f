package dev.byline.platform.write;

import dev.byline.platform.database.Database;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A request with an `Idempotency-Key`, and its answer. It is stored in the same transaction as the changes of the
/// request, so that neither is stored without the other.
@Entity
@Table(name = "idempotency_keys")
@IdClass(IdempotencyKey.Name.class)
public class IdempotencyKey extends PanacheEntityBase {

    /// The disk space of a row: its texts, and about 500 bytes for the rest, with its entries in the indexes.
    private static final String BYTES = "(500 + octet_length(headers) + coalesce(octet_length(body), 0))";

    private static final String REMOVE = """
            delete from idempotency_keys where (caller, key) in (
                select caller, key from idempotency_keys where %s
                order by created_at limit :most for update skip locked
            )""";

    /// A key identifies a request only together with its caller.
    public static final class Name implements Serializable {

        private static final long serialVersionUID = 1L;

        public String caller;
        public String key;

        @Override
        public boolean equals(Object other) {
            return other instanceof Name name && caller.equals(name.caller) && key.equals(name.key);
        }

        @Override
        public int hashCode() {
            return Objects.hash(caller, key);
        }
    }

    /// Issuer and subject in one text. The version before migration 007 finds its rows by it.
    @Id
    public String caller;

    @Id
    public String key;

    /// The `iss` and `sub` of the sender's token; null in rows of the version before migration 007.
    public String issuer;

    public String subject;

    /// A digest of the request.
    public byte[] request;

    public int status;

    /// One header a line.
    public String headers;

    public String body;
    public Instant createdAt;

    /// Locks the key until the transaction ends, so that only one request with it runs at a time. The lock is that
    /// of a name, because there is no row to lock yet, and other requests must be refused instead of waiting.
    /// Processes of the version before migration 007 use other locks; against them, the primary key decides.
    ///
    /// @return whether this request has the lock
    static boolean claim(String issuer, String subject, String key) {
        // The lengths make every name unique.
        return Database.get()
                .tryLock(
                        getSession(),
                        "idempotency_keys %d %d %s%s%s"
                                .formatted(issuer.length(), subject.length(), issuer, subject, key));
    }

    /// The row with this key, of this person, or of one whose issuer and subject give the same text when joined.
    static Optional<IdempotencyKey> of(String issuer, String subject, String key) {
        return find("caller = ?1 and key = ?2", caller(issuer, subject), key).firstResultOptional();
    }

    /// Whether it certainly belongs to this person.
    boolean isOf(String issuer, String subject) {
        return this.issuer == null
                ? caller.indexOf(' ') == caller.lastIndexOf(' ')
                : this.issuer.equals(issuer) && this.subject.equals(subject);
    }

    void setPerson(String issuer, String subject) {
        this.issuer = issuer;
        this.subject = subject;
        this.caller = caller(issuer, subject);
    }

    private static String caller(String issuer, String subject) {
        return issuer + " " + subject;
    }

    /// Removes up to `most` keys that are older. It skips those that another process is removing now.
    static int removeSome(Instant olderThan, int most) {
        return getSession()
                .createNativeMutationQuery(REMOVE.formatted("created_at < :time"))
                .setParameter("time", olderThan)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// Removes up to `most` of this person's oldest keys: those beyond the limits of `keys` and of `bytes`.
    static int removeSomeBeyond(int keys, long bytes, String issuer, String subject, int most) {
        return getSession()
                .createNativeMutationQuery(REMOVE.formatted("""
                        caller = :caller and issuer = :issuer and subject = :subject and created_at <= (
                            select max(created_at) from (
                                select created_at, count(*) over newest as keys, sum(%s) over newest as bytes
                                from idempotency_keys
                                where caller = :caller and issuer = :issuer and subject = :subject
                                window newest as (order by created_at desc)
                            ) counted
                            where keys > :keys or bytes > :bytes
                        )""".formatted(BYTES)))
                .setParameter("caller", caller(issuer, subject))
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("keys", keys)
                .setParameter("bytes", bytes)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// The time before which all keys must be removed, so that the others take at most this many bytes. They are
    /// summed only if the whole table takes more, as it is on disk: compressed, and with its free space.
    static Optional<Instant> endOf(long bytes) {
        return Optional.ofNullable(getSession()
                .createNativeQuery("""
                        select case when pg_total_relation_size('idempotency_keys') > :bytes then (
                            select max(created_at) + interval '1 microsecond' from (
                                select created_at, sum(%s) over (order by created_at desc) as bytes from idempotency_keys
                            ) newest
                            where bytes > :bytes
                        ) end""".formatted(BYTES), Instant.class)
                .setParameter("bytes", bytes)
                .getSingleResultOrNull());
    }

    /// Its size, about as the statements above compute it: here in characters, there in bytes.
    long bytes() {
        return 500L + headers.length() + (body == null ? 0 : body.length());
    }
}
