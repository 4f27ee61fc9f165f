package dev.byline.platform.export;

import dev.byline.platform.query.Row;
import java.util.List;
import java.util.Map;

/// What clients see of the rows of a list.
public interface RowView {

    /// The requested fields only.
    RowView OWN = rows -> rows.stream().map(Row::members).toList();

    /// The members of each row, from the first row on. If the rows that a view adds exceed the limit of memory
    /// ({@link dev.byline.platform.query.TextLimit}), the result has fewer rows, but at least one.
    ///
    /// @param rows some of the list
    List<Map<String, Object>> of(List<Row> rows);
}
