package dev.byline.platform.bulk;

import java.io.IOException;

/// One row of a body.
///
/// @param characters its approximate size
/// @param input reads it
record InputRow<I>(RowPosition place, int characters, Source<I> input) {

    interface Source<I> {

        /// @throws dev.byline.platform.problem.ProblemException when the row is invalid
        /// @throws IOException when it is no JSON, or not that of a row
        I read() throws IOException;
    }
}
