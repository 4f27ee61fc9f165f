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
            put(members, columns.get(i).name(), values[i]);
        }
        return members;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> members, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            members.put(name, value);
        } else {
            var row = members.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<String, Object>());
            ((Map<String, Object>) row).put(name.substring(dot + 1), value);
        }
    }
}
