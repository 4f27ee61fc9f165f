package dev.byline.platform.database;

import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/// The statements of MariaDB that remove idempotency keys.
final class MariaDbKeys {

    /// The disk space of a row: its texts, and about 500 bytes for the rest, with its entries in the indexes.
    private static final String BYTES = "(500 + octet_length(headers) + coalesce(octet_length(body), 0))";

    private static final String REMOVE = """
            delete from idempotency_keys where id in (
                select id from (
                    select id from idempotency_keys where %s
                    order by created_at limit :most for update skip locked
                ) oldest
            )""";

    private MariaDbKeys() {}

    static int remove(Session session, Instant olderThan, int most) {
        return session.createNativeMutationQuery(REMOVE.formatted("created_at < :time"))
                .setParameter("time", olderThan)
                .setParameter("most", most)
                .executeUpdate();
    }

    static int removeBeyond(
            Session session, int keys, long bytes, String caller, String issuer, String subject, int most) {
        return session.createNativeMutationQuery(REMOVE.formatted("""
                        caller = :caller and issuer = :issuer and subject = :subject and created_at <= (
                            select max(created_at) from (
                                select created_at, count(*) over newest as `keys`, sum(%s) over newest as bytes
                                from idempotency_keys
                                where caller = :caller and issuer = :issuer and subject = :subject
                                window newest as (order by created_at desc)
                            ) counted
                            where `keys` > :keys or bytes > :bytes
                        )""".formatted(BYTES)))
                .setParameter("caller", caller)
                .setParameter("issuer", issuer)
                .setParameter("subject", subject)
                .setParameter("keys", keys)
                .setParameter("bytes", bytes)
                .setParameter("most", most)
                .executeUpdate();
    }

    /// The rows are summed only if the whole table takes more, as it is on disk.
    static Optional<Instant> end(Session session, long bytes) {
        return Optional.ofNullable(session.createNativeQuery("""
                        select case when (
                            select data_length + index_length from information_schema.tables
                            where table_schema = database() and table_name = 'idempotency_keys'
                        ) > :bytes then (
                            select max(created_at) + interval 1 microsecond from (
                                select created_at, sum(%s) over (order by created_at desc) as bytes from idempotency_keys
                            ) newest
                            where bytes > :bytes
                        ) end""".formatted(BYTES), Instant.class)
                .setParameter("bytes", bytes)
                .getSingleResultOrNull());
    }
}
