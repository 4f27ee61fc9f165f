package dev.byline.platform.query;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Parameters of other APIs that clients and admin frameworks often send, and their equivalents here.
final class OtherApis {

    private static final String PAGES = "pages go on by cursor, as Link has it; or by offset and limit";

    private static final String SORT = "send sort with a field, as in sort=id, or sort=-id for the other way";
    private static final String CONDITIONS = "send each condition as a parameter, as in id=7 or id:gte=7";

    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("page", PAGES),
            entry("_page", PAGES),
            entry("page[number]", PAGES),
            entry("_end", "send offset and limit"),
            entry("range", "send offset and limit"),
            entry("after", "send cursor, as Link has it"),
            entry("page_token", "send cursor, as Link has it"),
            entry("_start", "send offset"),
            entry("start", "send offset"),
            entry("skip", "send offset"),
            entry("$skip", "send offset"),
            entry("_limit", "send limit"),
            entry("per_page", "send limit"),
            entry("_per_page", "send limit"),
            entry("perPage", "send limit"),
            entry("page_size", "send limit"),
            entry("pageSize", "send limit"),
            entry("page[size]", "send limit"),
            entry("size", "send limit"),
            entry("count", "send limit; Prefer: count=exact counts"),
            entry("$top", "send limit"),
            entry("_sort", SORT),
            entry("sort_by", SORT),
            entry("sortBy", SORT),
            entry("order_by", SORT),
            entry("orderBy", SORT),
            entry("$orderby", SORT),
            entry("_order", "send sort with - before the field for descending"),
            entry("order", "send sort with - before the field for descending"),
            entry("_embed", "send embed"),
            entry("_expand", "send embed"),
            entry("expand", "send embed"),
            entry("include", "send embed"),
            entry("$expand", "send embed"),
            entry("select", "send fields"),
            entry("$select", "send fields"),
            entry("q", "this list has no full text search: filter a field, with contains after a colon"),
            entry("_q", "send q"),
            entry("search", "send q"),
            entry("query", "send q"),
            entry("filter", CONDITIONS),
            entry("$filter", CONDITIONS),
            entry("where", CONDITIONS));

    private static final Map<String, String> OPERATORS = Map.of("like", "contains", "ilike", "contains", "in", "");

    private OtherApis() {}

    /// What to send instead.
    ///
    /// @param known the parameters that exist here
    /// @return empty where this is not a parameter of a well-known API
    static Optional<String> hint(String name, Collection<String> known) {
        boolean isList = known.contains("limit"); // a write to many rows takes conditions only
        return Optional.ofNullable(isList ? NAMES.get(name) : null).or(() -> condition(name, known));
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
        return send(plain.substring(0, end) + (symbol.isEmpty() ? "" : ":" + symbol), known);
    }

    private static Optional<String> send(String parameter, Collection<String> known) {
        return known.contains(parameter) ? Optional.of("send " + parameter) : Optional.empty();
    }
}
