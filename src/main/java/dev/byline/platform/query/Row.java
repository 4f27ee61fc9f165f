package dev.byline.platform.query;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One row of an answer: the values of the columns that were read.
///
/// @param columns those that clients see come first, in the order of the query's fields
public record Row(Query query, List<Field> columns, Object[] values) {

    public long id() {
        return (long) value(query.of().id());
    }

    Object value(Field field) {
        return values[columns.indexOf(field)];
    }

    /// The values that clients see, in the order of the query's fields.
    public Stream<Object> shown() {
        return Arrays.stream(values).limit(query.fields().size());
    }

    /// The requested fields by name. Those of an embedded row are in a nested map.
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < query.fields().size(); i++) {
            var field = columns.get(i);
            var row = field.embedded() == null ? members : embedded(members, field.embedded());
            row.put(field.member(), values[i]);
        }
        return members;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> embedded(Map<String, Object> members, String name) {
        return (Map<String, Object>) members.computeIfAbsent(name, row -> new LinkedHashMap<String, Object>());
    }
}
