package dev.byline.platform.database;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.byline.platform.framework.EntityTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.query.NativeQuery;

/// What the statements for the newest rows of each parent ({@link Database#newest}) have in common.
final class NewestRows {

    private NewestRows() {}

    /// How many bytes of UTF-8 the texts of the row `newest` have, in SQL.
    static String octets(EntityTable table) {
        return table.texts().stream()
                .map(column -> "coalesce(octet_length(newest." + column + "), 0)")
                .collect(joining(" + ", "0 + ", ""));
    }

    /// @param statement with its parameters; its columns are `parent_id` and those of the entity
    static <E> Map<Long, List<E>> byParent(NativeQuery<Object[]> statement, Class<E> entity) {
        return statement
                .addScalar("parent_id", Long.class)
                .addEntity(entity)
                // No result stream: its rows stay in memory until the stream or the session is closed.
                .getResultList()
                .stream()
                // For a parent without rows, the left join returns one row with nulls.
                .collect(groupingBy(
                        row -> (Long) row[0], flatMapping(row -> Stream.ofNullable(entity.cast(row[1])), toList())));
    }
}
