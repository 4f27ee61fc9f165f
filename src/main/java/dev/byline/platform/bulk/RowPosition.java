package dev.byline.platform.bulk;

import dev.byline.platform.problem.Problem.Violation;

/// Where a row stands in its body: at this index of an array, or on this line. The other one is null.
record RowPosition(Long index, Long line) {

    static RowPosition at(long index) {
        return new RowPosition(index, null);
    }

    static RowPosition on(long line) {
        return new RowPosition(null, line);
    }

    /// The violation, whose pointer begins at the row, with the place of the row.
    Violation of(Violation violation) {
        return index == null
                ? violation.onLine(line)
                : Violation.ofMember(
                        "#/" + index + violation.pointer().substring(1), violation.code(), violation.detail());
    }
}
