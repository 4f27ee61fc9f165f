package dev.byline.platform.database;

import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// Full text search with FTS5. A searchable table has another one beside it, `<table>_search`, with the same ids and the
/// columns that are searched, at most two, the more important first (`db/sqlite/004-search.sql`).
final class SqliteSearch {

    /// Rows that have what is wanted. If the search says only what is not wanted, all rows that do not have that.
    private static final String CONDITION = """
            sql('? in (
                select rowid from %1$s_search where %1$s_search match search_query(?)
                union all
                select id from %1$s where search_query(?) = char() and search_exclusion(?) <> char()
                    and id not in (select rowid from %1$s_search where %1$s_search match search_exclusion(?))
            )', id%2$s) = 1""";

    /// How many of the words the row has, those of the first column four times. FTS5's own rank depends on all other rows.
    /// A cursor would skip rows when another one is added.
    private static final String RANK = """
            cast(sql('coalesce((
                select 4 * (length(highlight(%1$s_search, 0, char(1), char())) - length(highlight(%1$s_search, 0, char(), char())))
                    + length(highlight(%1$s_search, 1, char(1), char())) - length(highlight(%1$s_search, 1, char(), char()))
                from %1$s_search where %1$s_search match search_query(?) and rowid = ?), 0)', %2$s, id) as Float)""";

    /// A phrase in quotes, whose second quote may be missing, or a word. A minus before it excludes it.
    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))");

    /// What FTS5 takes for a part of a word. A phrase without any fits nothing, so it is left out.
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{Co}]");

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

    /// A search as people write it (`"native image" -docker`, `this or that`) in the language of FTS5. Empty where it says
    /// only what is not wanted, or nothing.
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
        return all.isEmpty() || exclusion.isEmpty() ? all : "(" + all + ") NOT (" + exclusion + ")";
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
        return parts.isEmpty() ? "" : "(" + String.join(operator, parts) + ")";
    }
}
