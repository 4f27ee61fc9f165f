package dev.byline.query;

import static java.util.stream.Collectors.joining;

import io.quarkus.hibernate.orm.panache.Panache;
import java.util.List;
import org.hibernate.query.SelectionQuery;

/// The statements that a query becomes.
final class Rows {

    private Rows() {}

    /// These columns of the rows that fit, in the query's order or, with `backward`, against it.
    static SelectionQuery<Object[]> select(List<Field> columns, Query query, Where where, boolean backward) {
        var paths = columns.stream().map(Field::path).collect(joining(", "));
        return selection(
                "select " + paths + from(query, where) + " order by "
                        + query.order().hql(backward),
                where,
                Object[].class);
    }

    static long count(Query query) {
        var where = query.where();
        return selection("select count(*)" + from(query, where), where, Long.class)
                .getSingleResult();
    }

    static <T> SelectionQuery<T> selection(String hql, Where where, Class<T> type) {
        var selection = Panache.getSession().createSelectionQuery(hql, type);
        where.parameters().forEach(selection::setParameter);
        return selection;
    }

    static String from(Query query, Where where) {
        return " from " + query.of().entity() + (where.isEmpty() ? "" : " where " + where.hql());
    }
}
