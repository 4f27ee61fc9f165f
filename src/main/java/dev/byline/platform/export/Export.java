package dev.byline.platform.export;

import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.query.Rows;
import jakarta.ws.rs.core.MediaType;

/// A whole list, to be written row by row.
///
/// @param members what clients see of the rows
/// @param type {@link #NDJSON} or {@link #CSV}
public record Export(Rows<?> rows, RowView members, MediaType type) {

    public static final MediaType NDJSON = MediaType.valueOf(MediaTypes.NDJSON);
    public static final MediaType CSV = MediaType.valueOf(MediaTypes.CSV);

    /// @throws ProblemException 400 when the rows do not fit the format
    public Export {
        if (type.equals(CSV) && members != RowView.OWN) {
            throw ProblemException.ofParameter(
                    "embed", "conflict", "the rows of a CSV have no lists: ask for " + NDJSON);
        }
    }
}
