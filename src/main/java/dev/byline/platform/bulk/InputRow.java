package dev.byline.platform.bulk;

/// One row of a body: its input, or why it could not be read.
///
/// @param characters its approximate size
record InputRow<I>(RowPosition place, I input, Exception failure, int characters) {

    static <I> InputRow<I> of(RowPosition place, I input, int characters) {
        return new InputRow<>(place, input, null, characters);
    }

    static <I> InputRow<I> bad(RowPosition place, Exception failure) {
        return new InputRow<>(place, null, failure, 0);
    }
}
