package dev.byline.query;

import static java.util.stream.Collectors.joining;

import io.quarkus.hibernate.orm.panache.Panache;
import java.util.List;
import org.hibernate.query.SelectionQuery;

/// The statements that a query becomes.
final class Rows {

    private Rows() {}

    /// These columns of the rows that fit, from the query's place on. Where the place looks backward, they come in
    /// the reverse of the query's order.
    static SelectionQuery<Object[]> select(List<Field> columns, Query query) {
        var where = query.where();
        var place = query.place();
        place.ifPresent(cursor -> query.order().seek(cursor.values(), cursor.backward(), where));
        var hql = "select " + columns.stream().map(Field::path).collect(joining(", "))
                + from(query, where)
                + " order by " + query.order().hql(query.isBackward());
        var selection = selection(hql, where, Object[].class);
        return query.offset() > 0 ? selection.setFirstResult(query.offset()) : selection;
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
