package dev.byline.platform.query;

import dev.byline.platform.database.Database;

/// Full text search.
final class Search {

    private static final String TEXT = "q";

    /// How well a row fits.
    static final Field RANK = Field.computed("rank", Type.RANK, Database.get().searchRank(":" + TEXT));

    private static final String CONDITION = Database.get().searchCondition(":" + TEXT);

    private Search() {}

    static void add(String text, Where where) {
        where.bind(TEXT, text);
        where.and(CONDITION);
    }
}
