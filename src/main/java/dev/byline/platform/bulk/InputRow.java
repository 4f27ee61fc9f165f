package dev.byline.platform.bulk;

/// One row of a body: what was read, or why it could not be.
///
/// @param characters how large it was, about
record InputRow<I>(RowPosition place, I input, Exception failure, int characters) {

    static <I> InputRow<I> of(RowPosition place, I input, int characters) {
        return new InputRow<>(place, input, null, characters);
    }

    static <I> InputRow<I> bad(RowPosition place, Exception failure) {
        return new InputRow<>(place, null, failure, 0);
    }
}
