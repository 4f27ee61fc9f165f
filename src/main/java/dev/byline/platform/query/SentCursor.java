package dev.byline.platform.query;

/// The cursor of a request. It is parsed once, for the query that asks first.
final class SentCursor {

    private final String text;
    private Cursor cursor;

    SentCursor(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when it is not a cursor of this query
    Cursor of(Query query) {
        if (cursor == null) {
            cursor = Cursor.parse(text, query);
        }
        return cursor;
    }

    /// The same text, for another query.
    SentCursor again() {
        return new SentCursor(text);
    }
}
