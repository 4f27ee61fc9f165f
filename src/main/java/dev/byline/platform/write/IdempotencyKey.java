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
        return Database.get().keyRemoval().remove(getSession(), olderThan, most);
    }

    /// Removes up to `most` of this person's oldest keys: those beyond the limits of `keys` and of `bytes`.
    static int removeSomeBeyond(int keys, long bytes, String issuer, String subject, int most) {
        return Database.get()
                .keyRemoval()
                .removeBeyond(getSession(), keys, bytes, caller(issuer, subject), issuer, subject, most);
    }

    /// The time before which all keys must be removed, so that the others take at most this many bytes.
    static Optional<Instant> endOf(long bytes) {
        return Database.get().keyRemoval().end(getSession(), bytes);
    }

    /// Its size, about as the database computes it: here in characters, there in bytes.
    long bytes() {
        return 500L + headers.length() + (body == null ? 0 : body.length());
    }
}
