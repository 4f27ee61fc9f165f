package dev.byline.platform.write;

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

    /// What a row takes of the disk: its texts, and about as much as this besides, with its entries in the indexes.
    private static final String BYTES = "(500 + octet_length(headers) + coalesce(octet_length(body), 0))";

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

    /// Issuer and subject in one text, by which the version before 007 finds its rows.
    @Id
    public String caller;

    @Id
    public String key;

    /// The token's `iss` and `sub` of the person who sent the request; null in rows of the version before 007.
    public String issuer;

    public String subject;

    /// A digest of the request.
    public byte[] request;

    public int status;

    /// One a line.
    public String headers;

    public String body;
    public Instant createdAt;

    /// Lets one request with this key at a time go on, and keeps it in this until the transaction ends. Advisory,
    /// because there is no row yet to lock, and because the others are to be told instead of waiting. Against a
    /// process of the version before 007, which has other names for its locks, the primary key decides.
    ///
    /// @return whether this is the one
    static boolean claim(String issuer, String subject, String key) {
        return getSession()
                .createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                // With their lengths, no two names are the same text.
                .setParameter(
                        "name",
                        "idempotency_keys %d %d %s%s%s"
                                .formatted(issuer.length(), subject.length(), issuer, subject, key))
                .getSingleResult();
    }

    /// The row with this key, of this person or of one whose issuer and subject are the same text when joined.
    static Optional<IdempotencyKey> of(String issuer, String subject, String key) {
        return find("caller = ?1 and key = ?2", caller(issuer, subject), key).firstResultOptional();
    }

    /// Whether it certainly is this person's.
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

    /// Removes some of this person's oldest, where there are more than `keys` or where they take more than `bytes`.
    ///
    /// @return how many were removed
    static int removeSomeBeyond(int keys, long bytes, String issuer, String subject, int most) {
        return getSession()
                .createNativeMutationQuery("""
                        delete from idempotency_keys where (caller, key) in (
                            select caller, key from idempotency_keys
                            where caller = :caller and issuer = :issuer and subject = :subject and created_at <= (
                                select max(created_at) from (
                                    select created_at, count(*) over newest as keys, sum(%s) over newest as bytes
                                    from idempotency_keys
                                    where caller = :caller and issuer = :issuer and subject = :subject
                                    window newest as (order by created_at desc)
                                ) counted
                                where keys > :keys or bytes > :bytes
                            )
                            order by created_at limit :most
                            for update skip locked
                        )""".formatted(BYTES))
                .setParameter("caller", caller(issuer, subject))
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("keys", keys)
                .setParameter("bytes", bytes)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// The time before which everybody's must be removed, so that the others take no more than so many bytes. They are
    /// summed up only where the table as a whole, with what is compressed in it and what is free, takes more.
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

    /// What it takes, as the statements above reckon it.
    long bytes() {
        return 500L + headers.length() + (body == null ? 0 : body.length());
    }
}
