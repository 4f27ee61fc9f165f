package dev.byline.platform.export;

import dev.byline.platform.query.RowStream;
import java.io.IOException;

/// Writes rows in a format.
interface RowWriter extends RowStream.Reader {

    /// After the last row.
    void end() throws IOException;
}
