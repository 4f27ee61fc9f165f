package dev.byline.platform.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hibernate.Session;

/// Removes idempotency keys.
public final class KeyRemoval {

    /// The disk space of a row: its texts, and about 500 bytes for the rest, with its entries in the indexes.
    private static final String BYTES = "(500 + octet_length(headers) + coalesce(octet_length(body), 0))";

    private final String oldest;
    private final String sizeOnDisk;

    /// @param oldest the statement that removes the oldest keys of a condition (`%s`), up to `:most`. It skips those
    /// that another process is removing now
    /// @param sizeOnDisk how many bytes the keys take on the disk, or more, in SQL
    KeyRemoval(String oldest, String sizeOnDisk) {
        this.oldest = oldest;
        this.sizeOnDisk = sizeOnDisk;
    }

    /// Removes up to `most` keys that are older.
    ///
    /// @return how many it has removed
    public int remove(Session session, Instant olderThan, int most) {
        return session.createNativeMutationQuery(oldest.formatted("created_at < :time"))
                .setParameter("time", olderThan)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// Removes up to `most` of a person's oldest keys: those beyond the limits of `keys` and of `bytes`.
    ///
    /// @return how many it has removed
    public int removeBeyond(
            Session session, int keys, long bytes, String caller, String issuer, String subject, int most) {
        return session.createNativeMutationQuery(oldest.formatted("""
                        caller = :caller and issuer = :issuer and subject = :subject and created_at <= (
                            select max(created_at) from (
                                select created_at, count(*) over newest as many, sum(%s) over newest as bytes
                                from idempotency_keys
                                where caller = :caller and issuer = :issuer and subject = :subject
                                window newest as (order by created_at desc)
                            ) counted
                            where many > :keys or bytes > :bytes
                        )""".formatted(BYTES)))
                .setParameter("caller", caller)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("keys", keys)
                .setParameter("bytes", bytes)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// The time before which all keys must be removed, so that the others take at most this many bytes. The rows are
    /// summed only if more is on the disk.
    public Optional<Instant> end(Session session, long bytes) {
        return Optional.ofNullable(session.createNativeQuery("""
                        select case when (%s) > :bytes then (
                            select max(created_at) from (
                                select created_at, sum(%s) over (order by created_at desc) as bytes from idempotency_keys
                            ) newest
                            where bytes > :bytes
                        ) end""".formatted(sizeOnDisk, BYTES), Instant.class)
                        .setParameter("bytes", bytes)
                        .getSingleResultOrNull())
                .map(last -> last.plus(1, ChronoUnit.MICROS));
    }
}
