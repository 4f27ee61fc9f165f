package dev.byline.platform.query;

import dev.byline.platform.database.Database;

/// Full text search.
final class Search {

    private static final String TEXT = "q";

    private Search() {}

    /// How well a row fits.
    static Field rank(QueryFields<?> of) {
        return Field.computed("rank", Type.RANK, Database.get().searchRank(of.entity(), ":" + TEXT));
    }

    static void add(String text, QueryFields<?> of, Where where) {
        where.bind(TEXT, Database.get().searchText(text));
        where.and(Database.get().searchCondition(of.entity(), ":" + TEXT));
    }
}
