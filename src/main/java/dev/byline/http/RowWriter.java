package dev.byline.http;

import dev.byline.query.Snapshot;
import java.io.IOException;

/// Writes rows in a format.
interface RowWriter extends Snapshot.Reader {

    /// After the last row.
    void end() throws IOException;
}
