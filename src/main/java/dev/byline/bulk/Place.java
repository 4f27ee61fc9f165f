package dev.byline.bulk;

import dev.byline.problem.Problem.Violation;

/// Where a row stands in its body: at this index of an array, or on this line. The other one is null.
record Place(Long index, Long line) {

    static Place at(long index) {
        return new Place(index, null);
    }

    static Place on(long line) {
        return new Place(null, line);
    }

    /// The violation, whose pointer begins at the row, with the place of the row.
    Violation of(Violation violation) {
        return index == null
                ? violation.onLine(line)
                : Violation.ofMember(
                        "#/" + index + violation.pointer().substring(1), violation.code(), violation.detail());
    }
}
