package dev.byline.http;

import java.util.ArrayList;
import java.util.List;

/// What stands between the slashes of a path, or of the template of a route: `/users/{id}`.
public record PathSegments(List<String> names) {

    /// Matrix parameters, which no route has, are left out, and so are empty segments.
    public static PathSegments of(String path) {
        var names = new ArrayList<String>();
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            var segment = path.substring(start, end);
            int semicolon = segment.indexOf(';');
            var name = semicolon < 0 ? segment : segment.substring(0, semicolon);
            if (!name.isEmpty()) {
                names.add(name);
            }
            start = end + 1;
        }
        return new PathSegments(List.copyOf(names));
    }

    /// Whether the path is one of this template.
    public boolean fit(PathSegments path) {
        if (path.names.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!isVariable(names.get(i)) && !names.get(i).equals(path.names.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean endWithVariable() {
        return !names.isEmpty() && isVariable(names.getLast());
    }

    private static boolean isVariable(String name) {
        return name.startsWith("{");
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
