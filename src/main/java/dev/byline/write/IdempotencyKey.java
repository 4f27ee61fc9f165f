package dev.byline.write;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A request that named itself, and its answer, kept in the transaction of what it did: there is the one if and only
/// if there is the other.
@Entity
@Table(name = "idempotency_keys")
@IdClass(IdempotencyKey.Name.class)
public class IdempotencyKey extends PanacheEntityBase {

    /// A key means something only together with who has chosen it.
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

    @Id
    public String caller;

    @Id
    public String key;

    /// A digest of the request.
    public byte[] request;

    public int status;

    /// One a line.
    public String headers;

    public String body;
    public Instant createdAt;

    /// Lets one request with this key at a time go on, and keeps it in this until the transaction ends. Advisory,
    /// because there is no row yet to lock, and because the others are to be told instead of waiting.
    ///
    /// @return whether this is the one
    static boolean claim(String caller, String key) {
        return getSession()
                .createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", "idempotency_keys\n" + caller + "\n" + key)
                .getSingleResult();
    }

    static Optional<IdempotencyKey> of(String caller, String key) {
        return find("caller = ?1 and key = ?2", caller, key).firstResultOptional();
    }

    /// Removes some of those that are older. What another process is removing at the same moment is left to it.
    ///
    /// @return how many were removed
    static int removeSome(Instant olderThan, int most) {
        return getSession()
                .createNativeMutationQuery("""
                        delete from idempotency_keys where (caller, key) in (
                            select caller, key from idempotency_keys
                            where created_at < :time order by created_at limit :most
                            for update skip locked
                        )""")
                .setParameter("time", olderThan)
                .setParameter("most", most)
                .executeUpdate();
    }
}
