package dev.byline.platform.query;

/// Full text search. PostgreSQL only: the table has a column `search` (a generated `tsvector`) and the schema a
/// function `search_query(text)`, so that texts and searches always have the same language (`db/004-search.sql`).
final class Search {

    static final String QUERY = "function('search_query', :q)";
    static final String CONDITION = "cast(sql('? @@ ?', column(this.search), " + QUERY + ") as Boolean) = true";

    /// How well a row fits.
    static final Field RANK =
            Field.computed("rank", Type.RANK, "cast(function('ts_rank', column(this.search), " + QUERY + ") as Float)");

    private Search() {}

    static void add(String text, Where where) {
        where.bind("q", text);
        where.and(CONDITION);
    }
}
