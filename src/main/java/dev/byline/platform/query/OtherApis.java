package dev.byline.platform.query;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parameters of other APIs that clients and admin frameworks often send, and their equivalents here.
final class OtherApis {

    /// What to send instead, and the parameters that mean it elsewhere.
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            entry("pages go on by cursor, as Link has it; or by offset and limit", "page _page page[number]"),
            entry("send cursor, as Link has it", "after page_token"),
            entry("send offset", "_start start skip $skip"),
            entry("send offset and limit", "_end range"),
            entry("send limit", "_limit per_page _per_page perPage page_size pageSize page[size] size $top"),
            entry("send limit; Prefer: count=exact counts", "count"),
            entry(
                    "send sort with a field, as in sort=id, or sort=-id for the other way",
                    "_sort sort_by sortBy order_by orderBy $orderby"),
            entry("send sort with - before the field for descending", "_order order"),
            entry("send embed", "_embed _expand expand include $expand"),
            entry("send fields", "select $select"),
            entry("this list has no full text search: filter a field, with contains after a colon", "q"),
            entry("send q", "_q search query"),
            entry("send each condition as a parameter, as in id=7 or id:gte=7", "filter $filter where"));

    private static final Map<String, String> OPERATORS = Map.of("like", "contains", "ilike", "contains", "in", "");

    private OtherApis() {}

    /// What to send instead.
    ///
    /// @param known the parameters that exist here
    /// @return empty where this is not a parameter of a well-known API
    static Optional<String> hint(String name, Collection<String> known) {
        boolean isList = known.contains("limit"); // a write to many rows takes conditions only
        return INSTEAD.entrySet().stream()
                .filter(instead ->
                        isList && List.of(instead.getValue().split(" ")).contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> condition(name, known));
    }

    /// `age_gte`, `age__gte` and `age[gte]` are conditions in other APIs.
    private static Optional<String> condition(String name, Collection<String> known) {
        var plain = name.endsWith("]") ? name.substring(0, name.length() - 1).replace('[', '_') : name;
        int underscore = plain.lastIndexOf('_');
        if (underscore < 1) {
            return Optional.empty();
        }
        var operator = plain.substring(underscore + 1);
        int end = plain.charAt(underscore - 1) == '_' ? underscore - 1 : underscore;
        var symbol = OPERATORS.getOrDefault(operator, operator);
        var parameter = plain.substring(0, end) + (symbol.isEmpty() ? "" : ":" + symbol);
        return known.contains(parameter) ? Optional.of("send " + parameter) : Optional.empty();
    }
}
