package dev.byline.platform.persistence;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.byline.platform.framework.EntityTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Session;

/// Reads the newest rows of each of many parents with one PostgreSQL statement.
final class NewestRows {

    private NewestRows() {}

    static <E extends BaseEntity> Map<Long, List<E>> of(
            Session session, Class<E> entity, String parent, List<Long> parents, int most, long bytes) {
        var table = EntityTable.of(session, entity);
        var columns =
                "id, " + table.columns().stream().map(EntityTable.Column::name).collect(joining(", "));
        var octets = table.columns().stream()
                .filter(EntityTable.Column::isText)
                .map(column -> "coalesce(octet_length(" + column.name() + "), 0)")
                .collect(joining(" + ", "0 + ", ""));
        // One array, so that the statement is the same for any number of parents. PostgreSQL does not read the texts
        // that it leaves out: it knows the size of a long text without reading it.
        return session
                .createNativeQuery("""
                        select parent_id, %1$s from (
                            select parent.id parent_id, place, newest.*,
                                coalesce(sum(%2$s) over (
                                    order by place groups between unbounded preceding and 1 preceding), 0) bytes_before
                            from unnest(:parents) with ordinality parent (id, place) left join lateral (
                                select %1$s from %3$s where %4$s = parent.id order by id desc limit :most
                            ) newest on true
                        ) newest
                        where bytes_before < :bytes
                        order by id desc""".formatted(columns, octets, table.name(), table.column(parent)), Object[].class)
                .addScalar("parent_id", Long.class)
                .addEntity(entity)
                .setParameter("parents", parents.toArray(Long[]::new))
                .setParameter("most", most)
                .setParameter("bytes", bytes)
                // No result stream: its rows stay in memory until the stream or the session is closed.
                .getResultList()
                .stream()
                // For a parent without rows, the left join returns one row with nulls.
                .collect(groupingBy(
                        row -> (Long) row[0], flatMapping(row -> Stream.ofNullable(entity.cast(row[1])), toList())));
    }
}
