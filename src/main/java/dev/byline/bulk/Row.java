package dev.byline.bulk;

/// One row of a body: what was read, or why it could not be.
///
/// @param characters how large it was, about
record Row<I>(Place place, I input, Exception failure, int characters) {

    static <I> Row<I> of(Place place, I input, int characters) {
        return new Row<>(place, input, null, characters);
    }

    static <I> Row<I> bad(Place place, Exception failure) {
        return new Row<>(place, null, failure, 0);
    }
}
