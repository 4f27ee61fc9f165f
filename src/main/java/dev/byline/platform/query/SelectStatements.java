package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.orm.panache.Panache;
import java.util.List;
import java.util.function.Function;
import org.hibernate.query.SelectionQuery;

/// Builds the statements of a query.
final class SelectStatements {

    private SelectStatements() {}

    /// These columns of the rows that fit, from the query's cursor on. If the cursor looks backward, the rows come
    /// in reverse order.
    static SelectionQuery<Object[]> select(List<Field> columns, Query query) {
        var where = query.where();
        var hql = "select " + columns.stream().map(Field::path).collect(joining(", ")) + fromPlace(query, where);
        return fromOffset(selection(hql, where, Object[].class), query);
    }

    /// As {@link #select}, with one more column: whether the row is short. The large texts of other rows are null.
    ///
    /// @param longest how many bytes of UTF-8 the large texts of a short row have at most
    static SelectionQuery<Object[]> selectShort(int longest, List<Field> columns, Query query) {
        var where = query.where();
        var isShort = octets(query.columns().large()) + " <= " + where.bind("longest", longest);
        var hql = "select " + textsIf(isShort, columns, Field::path) + ", case when " + isShort + " then 1 else 0 end"
                + fromPlace(query, where);
        return fromOffset(selection(hql, where, Object[].class), query);
    }

    /// As {@link #select}, with one more column: how many bytes the large texts of the rows before this one have.
    /// Where this sum has reached the limit, the large texts of the row are null. Only the first `most` rows are
    /// summed, so that the database sorts and stops early as it would without the sum.
    static SelectionQuery<Object[]> selectUpTo(long bytes, int most, List<Field> columns, Query query) {
        var where = query.where();
        var limits = " limit " + where.bind("most", most) + " offset " + where.bind("skipped", query.offset());
        var names = columns.stream().collect(toMap(field -> field, field -> "r.c" + columns.indexOf(field)));
        var order = query.order().hql(names::get, query.isBackward());
        var before = "coalesce(sum(r.octets) over (order by " + order
                + " rows between unbounded preceding and 1 preceding), 0)";
        var hql = "select " + textsIf(before + " < " + bytes, columns, names::get)
                + ", " + before
                + " from (select "
                + columns.stream()
                        .map(field -> field.path() + " as c" + columns.indexOf(field))
                        .collect(joining(", "))
                + ", " + octets(query.columns().large()) + " as octets"
                + fromPlace(query, where) + limits + ") r order by " + order;
        return selection(hql, where, Object[].class);
    }

    /// The columns, with large texts only where the condition holds.
    private static String textsIf(String condition, List<Field> columns, Function<Field, String> name) {
        return columns.stream()
                .map(field -> field.isLarge()
                        ? "case when " + condition + " then " + name.apply(field) + " end"
                        : name.apply(field))
                .collect(joining(", "));
    }

    /// A database knows the size of a text without reading it.
    private static String octets(List<Field> large) {
        return large.stream()
                .map(field -> "coalesce(octet_length(" + field.path() + "), 0)")
                .collect(joining(" + "));
    }

    static Object text(Field field, Row row) {
        var hql = "select " + field.path() + " from " + row.query().of().name() + " where id = :id";
        return Panache.getSession()
                .createSelectionQuery(hql, String.class)
                .setParameter("id", row.id())
                .getSingleResultOrNull();
    }

    private static SelectionQuery<Object[]> fromOffset(SelectionQuery<Object[]> selection, Query query) {
        return query.offset() > 0 ? selection.setFirstResult(query.offset()) : selection;
    }

    private static String fromPlace(Query query, Where where) {
        if (query.cursor() != null) {
            query.order().seek(query.cursor(), where);
        }
        return from(query, where) + " order by " + query.order().hql(query.isBackward());
    }

    static <T> SelectionQuery<T> selection(String hql, Where where, Class<T> type) {
        var selection = Panache.getSession().createSelectionQuery(hql, type);
        where.parameters().forEach(selection::setParameter);
        return selection;
    }

    static String from(Query query, Where where) {
        return " from " + query.of().name() + (where.isEmpty() ? "" : " where " + where.hql());
    }
}
