package dev.byline.bulk;

/// Where a row stands in its body: at this index of an array, or on this line. The other one is null.
public record Place(Long index, Long line) {

    static Place at(long index) {
        return new Place(index, null);
    }

    static Place on(long line) {
        return new Place(null, line);
    }
}
