package dev.byline.platform.query;

import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ParameterErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the parameter `sort`, and adds its errors to those of the request.
final class OrderParser {

    private static final int MAX_KEYS = 5;

    private final QueryFields<?> of;
    private final ParameterErrors errors;

    OrderParser(QueryFields<?> of, ParameterErrors errors) {
        this.of = of;
        this.errors = errors;
    }

    /// @param value may be null
    /// @param searches whether to sort by rank if `value` is null
    Order read(String value, boolean searches) {
        var keys = new ArrayList<Order.Key>();
        if (value == null && searches) {
            keys.add(new Order.Key(Search.RANK, true));
        } else if (value != null) {
            var names = value.split(",", -1);
            if (names.length > MAX_KEYS) {
                errors.add("sort", "size", "may name " + MAX_KEYS + " fields at most");
            }
            Arrays.stream(names).limit(MAX_KEYS).forEach(name -> addKey(name, keys));
        }
        return Order.by(keys, of.id());
    }

    private void addKey(String key, List<Order.Key> keys) {
        var name = key.startsWith("-") ? key.substring(1) : key;
        var sortable =
                of.fields().stream().filter(Field::isSortable).map(Field::name).toList();
        if (!sortable.contains(name)) {
            errors.add("sort", "unknown", FilterParser.shown(name) + ": " + Nearest.hint(name, sortable));
        } else if (keys.stream().anyMatch(other -> other.field().name().equals(name))) {
            errors.add("sort", "repeated", name + " may stand only once");
        } else {
            keys.add(new Order.Key(of.field(name).orElseThrow(), key.startsWith("-")));
        }
    }
}
