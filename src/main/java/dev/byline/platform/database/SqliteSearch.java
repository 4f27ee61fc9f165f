package dev.byline.platform.database;

import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// Full text search with FTS5. A searchable table has another one beside it, `<table>_search`, with the same ids
/// and the columns that are searched, at most two, the more important first (`db/sqlite/004-search.sql`).
final class SqliteSearch {

    /// Rows that have what is wanted. If the search says only what is not wanted, all rows that do not have that.
    private static final String CONDITION = """
            id in (ids('
                select rowid from %1$s_search where %1$s_search match search_query(?)
                union all
                select id from %1$s where search_query(?) = char(34, 34) and search_exclusion(?) <> char(34, 34)
                    and id not in (select rowid from %1$s_search where %1$s_search match search_exclusion(?))
            '%2$s))""";

    /// Whether the more important column has all that is wanted: 1 or 0. FTS5's own rank depends on all rows, so a
    /// cursor would skip rows when others are added; and it would be computed anew for each row.
    private static final String RANK = """
            cast(sql('? in (
                select rowid from %1$s_search where %1$s_search match (
                    select format(''{%%s} : (%%s)'', name, search_query(?))
                    from pragma_table_info(''%1$s_search'') where cid = 0
                )
            )', id, %2$s) as Float)""";

    /// A phrase in quotes, whose second quote may be missing, or a word. A minus before it excludes it.
    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))");

    /// What FTS5 takes for a part of a word. A phrase without any fits nothing, so it is left out.
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{Co}]");

    /// The empty phrase, which fits no text.
    private static final String NOTHING = "\"\"";

    private SqliteSearch() {}

    static String condition(Class<?> entity, String text) {
        return CONDITION.formatted(table(entity), String.join("", Collections.nCopies(4, ", " + text)));
    }

    static String rank(Class<?> entity, String text) {
        return RANK.formatted(table(entity), text);
    }

    private static String table(Class<?> entity) {
        return entity.getAnnotation(Table.class).name();
    }

    /// A search as people write it (`"native image" -docker`, `this or that`) in the language of FTS5.
    ///
    /// @return {@link #NOTHING} where it says only what is not wanted, or nothing
    static String query(String text) {
        var wanted = new ArrayList<String>();
        boolean isAlternative = false;
        for (var part = PART.matcher(text); part.find(); ) {
            if (part.group(1).isEmpty() && "or".equalsIgnoreCase(part.group(3))) {
                isAlternative = !wanted.isEmpty();
            } else if (part.group(1).isEmpty() && isSearchable(phrase(part.group(2), part.group(3)))) {
                var phrase = quoted(phrase(part.group(2), part.group(3)));
                wanted.add(isAlternative ? wanted.removeLast() + " OR " + phrase : phrase);
                isAlternative = false;
            }
        }
        var all = joined(wanted, ") AND (");
        var exclusion = exclusion(text);
        return all.equals(NOTHING) || exclusion.equals(NOTHING) ? all : "(" + all + ") NOT (" + exclusion + ")";
    }

    /// What the search does not want, in the language of FTS5.
    static String exclusion(String text) {
        var unwanted = PART.matcher(text)
                .results()
                .filter(part -> !part.group(1).isEmpty() && isSearchable(phrase(part.group(2), part.group(3))))
                .map(part -> quoted(phrase(part.group(2), part.group(3))))
                .toList();
        return joined(unwanted, ") OR (");
    }

    private static String phrase(String quoted, String word) {
        return quoted == null ? word : quoted;
    }

    private static boolean isSearchable(String phrase) {
        return WORD.matcher(phrase).find();
    }

    private static String quoted(String phrase) {
        return '"' + phrase + '"';
    }

    private static String joined(List<String> parts, String operator) {
        return parts.isEmpty() ? NOTHING : "(" + String.join(operator, parts) + ")";
    }
}
