package dev.byline.query;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.hibernate.ScrollMode;
import org.hibernate.query.SelectionQuery;

/// Some of the rows that fit a query, in its order, and the ways to the others.
///
/// @param before the cursor of the rows before these, null where there are none
/// @param after the cursor of the rows after these, null where there are none
public record Page(Query query, List<Row> rows, String before, String after) {

    /// So many rows fit the memory, however long they are.
    private static final int FEW = 20;

    /// What a larger page may have of large texts, in characters: it ends early where they are longer.
    private static final int MAX_TEXT = 4_000_000;

    /// @param goesOn whether other rows follow in the direction of reading
    private record Part(List<Object[]> rows, boolean goesOn) {}

    /// Reads the page, in one statement.
    ///
    /// @throws dev.byline.problem.ProblemException 400 when the cursor is not one of this query
    public static Page of(Query query) {
        return read(query, query.columns());
    }

    /// The page with no more of its rows than tells whether they have changed: it costs little.
    public static Page outline(Query query) {
        return read(query, query.outline());
    }

    public List<Long> ids() {
        return rows.stream().map(Row::id).toList();
    }

    /// Changes when a row of the page changes, comes or goes.
    public String state() {
        var versions = rows.stream()
                .map(row -> query.versions().stream().map(row::value).toList())
                .toList();
        return HexFormat.of().formatHex(Digest.of(versions.toString(), before + "," + after));
    }

    private static Page read(Query query, List<Field> columns) {
        boolean mayBeHuge = query.pageSize() > FEW && columns.stream().anyMatch(Field::isLarge);
        // Only within a transaction does the driver fetch rows by and by.
        return mayBeHuge
                ? QuarkusTransaction.joiningExisting().call(() -> read(query, columns, Page::upToMaxText))
                : read(query, columns, Page::all);
    }

    private static Page read(
            Query query, List<Field> columns, BiFunction<SelectionQuery<Object[]>, Integer, Part> how) {
        boolean backward = query.isBackward();
        var part = how.apply(Rows.select(columns, query), query.pageSize());
        var rows = part.rows.stream()
                .map(values -> new Row(query, columns, values))
                .collect(Collectors.toCollection(ArrayList::new));
        if (backward) {
            Collections.reverse(rows);
        }
        boolean isBegun = query.cursor() != null || query.offset() > 0;
        return new Page(
                query,
                rows,
                (backward ? part.goesOn : isBegun) ? cursor(query, rows, true) : null,
                (backward || part.goesOn) ? cursor(query, rows, false) : null);
    }

    private static Part all(SelectionQuery<Object[]> selection, int most) {
        var rows = selection.setMaxResults(most + 1).getResultList();
        return new Part(rows.subList(0, Math.min(most, rows.size())), rows.size() > most);
    }

    private static Part upToMaxText(SelectionQuery<Object[]> selection, int most) {
        var rows = new ArrayList<Object[]>();
        long text = 0;
        try (var scroll = selection.setMaxResults(most + 1).setFetchSize(FEW).scroll(ScrollMode.FORWARD_ONLY)) {
            while (scroll.next()) {
                if (rows.size() == most || text > MAX_TEXT) {
                    return new Part(rows, true);
                }
                rows.add(scroll.get());
                text += Arrays.stream(scroll.get())
                        .filter(String.class::isInstance)
                        .mapToInt(value -> ((String) value).length())
                        .sum();
            }
        }
        return new Part(rows, false);
    }

    /// @return null where there is no row to go on from
    private static String cursor(Query query, List<Row> rows, boolean backward) {
        if (rows.isEmpty()) {
            return null;
        }
        var row = backward ? rows.getFirst() : rows.getLast();
        var values = query.order().keys().stream()
                .map(key -> row.value(key.field()))
                .collect(Collectors.toList()); // some may be null
        return new Cursor(backward, values).text(query);
    }
}
