package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.database.Database;
import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ParameterErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// A total order of rows: the requested keys, then the id, so that no two rows are equal. Rows without a value
/// come last in both directions.
record Order(List<Key> keys) {

    private static final int MAX_KEYS = 5;

    record Key(Field field, boolean descending) {

        @Override
        public String toString() {
            return (descending ? "-" : "") + field;
        }
    }

    /// Reads the parameter `sort`.
    ///
    /// @param sort null where the request has none
    /// @param searches whether to sort by rank if there is no `sort`
    static Order parse(String sort, boolean searches, QueryFields<?> of, ParameterErrors errors) {
        if (sort == null) {
            return by(searches ? List.of(new Key(Search.rank(of), true)) : List.of(), of.id());
        }
        var names = sort.split(",", -1);
        if (names.length > MAX_KEYS) {
            errors.add("sort", "size", "may name " + MAX_KEYS + " fields at most");
        }
        var keys = new LinkedHashMap<String, Key>();
        for (var key : names.length > MAX_KEYS ? Arrays.copyOf(names, MAX_KEYS) : names) {
            var name = key.startsWith("-") ? key.substring(1) : key;
            var field = of.field(name).filter(Field::isSortable);
            if (field.isEmpty()) {
                errors.add("sort", "unknown", () -> FilterParser.shown(name) + ": " + Nearest.hint(name, sortable(of)));
            } else if (keys.putIfAbsent(name, new Key(field.get(), key.startsWith("-"))) != null) {
                errors.add("sort", "repeated", name + " may stand only once");
            }
        }
        return by(List.copyOf(keys.values()), of.id());
    }

    private static List<String> sortable(QueryFields<?> of) {
        return of.fields().stream().filter(Field::isSortable).map(Field::name).toList();
    }

    /// The id has the direction of the last key, so that one index serves both.
    static Order by(List<Key> keys, Field id) {
        var total = new ArrayList<>(keys);
        if (keys.stream().noneMatch(key -> key.field == id)) {
            total.add(new Key(id, !keys.isEmpty() && keys.getLast().descending));
        }
        return new Order(total);
    }

    /// @param backward from the last row to the first
    String hql(boolean backward) {
        return hql(Field::path, backward);
    }

    /// @param name the HQL name of a field
    String hql(Function<Field, String> name, boolean backward) {
        return keys.stream()
                .map(key -> hql(key, name.apply(key.field), backward))
                .collect(joining(", "));
    }

    /// Nulls are mentioned only for nullable fields, because no index has the order `desc nulls last` by default.
    private static String hql(Key key, String name, boolean backward) {
        var hql = name + (key.descending != backward ? " desc" : "");
        return key.field.isNullable() ? hql + (backward ? " nulls first" : " nulls last") : hql;
    }

    /// Restricts the rows to those after the cursor's position, or before it if the cursor looks backward.
    void seek(Cursor cursor, Where where) {
        var values = cursor.values();
        boolean backward = cursor.backward();
        if (isUniform()) {
            var paths = keys.stream().map(key -> key.field.path()).collect(joining(", ", "(", ")"));
            var bound = values.stream().map(where::bind).collect(joining(", ", "(", ")"));
            where.and(paths + sign(keys.getFirst(), backward) + bound);
            return;
        }
        var first = keys.getFirst();
        if (!first.field.isNullable()) { // redundant, but an index can use it
            where.and(first.field.path() + sign(first, backward) + "= " + where.bind(values.getFirst()));
        }
        var alternatives = new ArrayList<String>();
        for (int i = 0; i < keys.size(); i++) {
            var beyond = beyond(keys.get(i), values.get(i), backward, where);
            if (beyond != null) {
                alternatives.add(equalUpTo(i, values, where) + beyond);
            }
        }
        where.and(alternatives.stream().collect(joining(" or ", "(", ")")));
    }

    /// Whether one row comparison is enough: no key is nullable, and all have the same direction. An index serves
    /// such a comparison as a whole.
    private boolean isUniform() {
        return Database.get().comparesRowsByIndex()
                && keys.stream()
                        .allMatch(key -> !key.field.isNullable() && key.descending == keys.getFirst().descending);
    }

    private static String sign(Key key, boolean backward) {
        return key.descending != backward ? " <" : " >";
    }

    private String equalUpTo(int end, List<Object> values, Where where) {
        var equal = new StringBuilder();
        for (int i = 0; i < end; i++) {
            var path = keys.get(i).field.path();
            equal.append(values.get(i) == null ? path + " is null" : path + " = " + where.bind(values.get(i)))
                    .append(" and ");
        }
        return equal.toString();
    }

    /// @return null where there can be no such row: rows without a value come last
    private static String beyond(Key key, Object value, boolean backward, Where where) {
        var path = key.field.path();
        if (value == null) {
            return backward ? path + " is not null" : null;
        }
        var beyond = path + sign(key, backward) + " " + where.bind(value);
        return key.field.isNullable() && !backward ? "(" + beyond + " or " + path + " is null)" : beyond;
    }

    @Override
    public String toString() {
        return keys.stream().map(Key::toString).collect(joining(","));
    }
}
