package dev.byline.http;

import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import dev.byline.query.Query;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// A list as a whole, to be written row by row.
///
/// @param members what clients see of the rows
/// @param type {@link #NDJSON} or {@link #CSV}
record Export(Query query, Members members, MediaType type) {

    static final MediaType NDJSON = new MediaType("application", "x-ndjson");
    static final MediaType CSV = new MediaType("text", "csv");

    /// @throws ProblemException 400 when the rows do not fit the format
    Export {
        if (type.equals(CSV) && members != Members.OWN) {
            var reason = "the rows of a CSV have no lists: ask for " + NDJSON;
            throw new ProblemException(
                    ProblemType.PARAMETER, List.of(Violation.ofParameter("embed", "conflict", reason)));
        }
    }
}
