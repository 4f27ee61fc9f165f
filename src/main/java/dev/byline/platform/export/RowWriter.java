package dev.byline.platform.export;

import dev.byline.platform.query.RowStream;
import java.io.IOException;

interface RowWriter extends RowStream.Reader {

    /// To be called after the last row.
    void end() throws IOException;
}
