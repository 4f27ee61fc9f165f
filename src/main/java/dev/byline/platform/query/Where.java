package dev.byline.platform.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A condition in HQL, and the values that it binds. No value of a client is ever part of the text.
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    /// The condition on its own, without `where`. Its parameters are named `w0`, `w1`, …
    String hql() {
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    boolean isEmpty() {
        return conditions.isEmpty();
    }

    void and(String condition) {
        conditions.add(condition);
    }

    /// @return the placeholder of the value
    String bind(Object value) {
        return bind("w" + parameters.size(), value);
    }

    String bind(String name, Object value) {
        parameters.put(name, value);
        return ":" + name;
    }
}
