package dev.byline.platform.query;

import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.hibernate.query.SelectionQuery;

/// One page of the rows that fit a query, in its order, with the cursors of the pages before and after it.
///
/// @param before the cursor of the rows before these, null where there are none
/// @param after the cursor of the rows after these, null where there are none
public record Page(Query query, List<Row> rows, String before, String after) {

    /// A page of so many rows that the share of each is smaller often has a text that is longer.
    private static final int SHORT = 8192;

    private static final int STATE_LENGTH = 24;

    /// @param goesOn whether more rows follow in the direction of reading
    private record Part(List<Object[]> rows, boolean goesOn) {}

    /// A digest that changes when a row of the page is changed, added or removed.
    public String state() {
        var columns = rows.isEmpty() ? List.of() : rows.getFirst().columns();
        var places = query.columns().versions().stream().map(columns::indexOf).toList();
        var text = new StringBuilder();
        for (var row : rows) {
            places.forEach(place -> text.append(row.values()[place]).append(' '));
        }
        text.append('\0').append(before).append(',').append(after).append('\0');
        return DigestUtils.sha256Hex(text.toString()).substring(0, STATE_LENGTH);
    }

    /// The rows in the direction of reading: a cursor that looks backward reads the last one first.
    public List<Row> walked() {
        return inOrder(rows);
    }

    /// Brings what was made from the {@link #walked} rows into the order of the query.
    public <T> List<T> inOrder(List<T> walked) {
        return query.isBackward() ? walked.reversed() : walked;
    }

    /// The page with only the first `most` of its {@link #walked} rows. The others are on the next page.
    public Page upTo(int most) {
        return most == rows.size() ? this : page(query, walked().subList(0, most), true);
    }

    /// Reads these columns of the page, in one statement.
    static Page read(Query query, List<Field> columns) {
        var part = query.columns().large().isEmpty() ? all(query, columns) : withTexts(query, columns);
        var walked = part.rows.stream()
                .map(values -> new Row(query, columns, values))
                .toList();
        return page(query, walked, part.goesOn);
    }

    private static Page page(Query query, List<Row> walked, boolean goesOn) {
        boolean backward = query.isBackward();
        var rows = backward ? walked.reversed() : walked;
        boolean isBegun = query.cursor() != null || query.offset() > 0;
        return new Page(
                query,
                rows,
                (backward ? goesOn : isBegun) ? cursor(query, rows, true) : null,
                (backward || goesOn) ? cursor(query, rows, false) : null);
    }

    private static Part all(Query query, List<Field> columns) {
        return part(SelectStatements.select(columns, query), query);
    }

    private static Part part(SelectionQuery<Object[]> selection, Query query) {
        int most = query.pageSize();
        var rows = selection.setMaxResults(most + 1).getResultList();
        return new Part(rows.subList(0, Math.min(most, rows.size())), rows.size() > most);
    }

    /// Nearly all texts are shorter than their share of the limit. Only where one is longer, the database sums up
    /// the texts before each row, which takes it half as long again.
    private static Part withTexts(Query query, List<Field> columns) {
        int share = (int) (TextLimit.bytes() / (query.pageSize() + 1));
        if (share >= SHORT) {
            var part = part(SelectStatements.selectShort(share, columns, query), query);
            if (part.rows.stream().allMatch(row -> row[columns.size()].equals(1))) {
                return part;
            }
        }
        return upToTextLimit(query, columns);
    }

    /// Ends before the first row whose texts the database has not sent.
    private static Part upToTextLimit(Query query, List<Field> columns) {
        int most = query.pageSize();
        long bytes = TextLimit.bytes();
        var rows = SelectStatements.selectUpTo(bytes, most + 1, columns, query).getResultList();
        var sent = rows.stream()
                .limit(most)
                .takeWhile(row -> (long) row[columns.size()] < bytes)
                .toList();
        return new Part(sent, rows.size() > sent.size());
    }

    /// @return null where there is no row to continue from
    private static String cursor(Query query, List<Row> rows, boolean backward) {
        if (rows.isEmpty()) {
            return null;
        }
        var row = backward ? rows.getFirst() : rows.getLast();
        var values = query.order().keys().stream().map(key -> row.value(key.field()));
        return new Cursor(backward, values.toList()).text(query);
    }
}
