package dev.byline.platform.bulk;

import dev.byline.platform.problem.Problem.Violation;

/// The position of a row in its body: an index of an array, or a line. The other one is null.
record RowPosition(Long index, Long line) {

    static RowPosition at(long index) {
        return new RowPosition(index, null);
    }

    static RowPosition on(long line) {
        return new RowPosition(null, line);
    }

    /// Adds the position to a violation whose pointer is relative to the row.
    Violation of(Violation violation) {
        return index == null
                ? violation.onLine(line)
                : Violation.ofMember(
                        "#/" + index + violation.pointer().substring(1), violation.code(), violation.detail());
    }
}
