package dev.byline.http;

import dev.byline.query.Row;
import java.util.List;
import java.util.Map;

/// What clients see of the rows of a list.
public interface Members {

    /// The fields that were asked for, and nothing besides.
    Members OWN = rows -> rows.stream().map(Row::members).toList();

    /// @param rows some of the list, as many as fit the memory
    List<Map<String, Object>> of(List<Row> rows);
}
