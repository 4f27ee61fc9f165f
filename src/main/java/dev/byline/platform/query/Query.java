package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// A query for rows, as {@link QueryFields#query} has read it.
///
/// @param text what to search for, null for nothing
/// @param limit the maximum number of rows, null where the request has none
/// @param cursor the position to continue from, or null
/// @param fields the fields of each row to answer with
/// @param embed the name of the rows to embed in each row, null for none
public record Query(
        QueryFields<?> of,
        List<Filter> filters,
        String text,
        Order order,
        Integer limit,
        int offset,
        Cursor cursor,
        List<Field> fields,
        String embed) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 1000;
    public static final int MAX_OFFSET = 10_000;

    Query from(Cursor cursor) {
        return new Query(of, filters, text, order, limit, offset, cursor, fields, embed);
    }

    /// Whether there is no condition, so that every row fits.
    public boolean fitsAll() {
        return text == null && filters.isEmpty();
    }

    Where where() {
        var where = new Where();
        if (text != null) {
            Search.add(text, of, where);
        }
        filters.forEach(filter -> filter.addTo(where));
        return where;
    }

    int pageSize() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    Columns columns() {
        return of.columns(fields, order);
    }

    /// What a cursor is bound to: the conditions and the order. The limit and the fields may change between pages.
    String identity() {
        var conditions = filters.stream().map(Filter::identity).sorted().collect(joining("&"));
        return String.join("\n", of.name(), conditions, text == null ? "" : "q=" + text, order.toString());
    }

    boolean isBackward() {
        return cursor != null && cursor.backward();
    }
}
