package dev.byline.platform.export;

import dev.byline.platform.query.Row;
import java.util.List;
import java.util.Map;

/// What clients see of the rows of a list.
public interface RowView {

    /// The fields that were asked for, and nothing besides.
    RowView OWN = rows -> rows.stream().map(Row::members).toList();

    /// One of these for each row, from the first on. Where what others add to the rows would not fit the memory
    /// ({@link dev.byline.platform.query.TextLimit}), there are fewer, but at least one.
    ///
    /// @param rows some of the list
    List<Map<String, Object>> of(List<Row> rows);
}
