package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A total order of rows: the keys that were asked for and, so that no two rows are equal, the id. Rows without a
/// value come last, whichever the direction.
record Order(List<Key> keys) {

    record Key(Field field, boolean descending) {

        @Override
        public String toString() {
            return (descending ? "-" : "") + field;
        }
    }

    /// The id goes the way of the last key, so that one index serves both.
    static Order by(List<Key> keys, Field id) {
        var total = new ArrayList<>(keys);
        if (keys.stream().noneMatch(key -> key.field == id)) {
            total.add(new Key(id, !keys.isEmpty() && keys.getLast().descending));
        }
        return new Order(total);
    }

    /// @param backward the other way round, from the last row to the first
    String hql(boolean backward) {
        return hql(Field::path, backward);
    }

    /// @param name what a field is called where it is sorted
    String hql(Function<Field, String> name, boolean backward) {
        return keys.stream()
                .map(key -> hql(key, name.apply(key.field), backward))
                .collect(joining(", "));
    }

    /// Nulls are named only where there are any: no index has the order `desc nulls last` by itself.
    private static String hql(Key key, String name, boolean backward) {
        var hql = name + (key.descending != backward ? " desc" : "");
        return key.field.isNullable() ? hql + (backward ? " nulls first" : " nulls last") : hql;
    }

    /// Leaves the rows that come after the one with these values, or with `backward` before it.
    void seek(List<Object> values, boolean backward, Where where) {
        if (isUniform()) {
            var paths = keys.stream().map(key -> key.field.path()).collect(joining(", ", "(", ")"));
            var bound = values.stream().map(where::bind).collect(joining(", ", "(", ")"));
            where.and(paths + sign(keys.getFirst(), backward) + bound);
            return;
        }
        var first = keys.getFirst();
        if (!first.field.isNullable()) { // says nothing new, but an index can use it
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

    /// One comparison of rows, which an index serves as a whole, says it where all keys have values and one
    /// direction.
    private boolean isUniform() {
        return keys.stream().allMatch(key -> !key.field.isNullable() && key.descending == keys.getFirst().descending);
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

    /// @return null where nothing can be: no row comes after the ones without a value
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
