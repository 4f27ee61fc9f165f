package dev.byline.http;

import dev.byline.problem.Nearest;
import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The query parameters of one request. What is unknown, repeated or out of range is refused, all of it in one
/// answer.
///
/// @param limit the most rows that a list may answer with
/// @param embed what the rows are to carry along
public record Parameters(int limit, Set<String> embed) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 1000;

    /// Those of a list: `limit`, and `embed` with any of the given values.
    ///
    /// @throws ProblemException 400, naming every bad parameter
    public static Parameters ofList(UriInfo uri, String... embeddable) {
        return read(uri, List.of("limit", "embed"), List.of(embeddable));
    }

    /// Those of a single row: `embed`.
    ///
    /// @throws ProblemException 400, naming every bad parameter
    public static Parameters ofRow(UriInfo uri, String... embeddable) {
        return read(uri, List.of("embed"), List.of(embeddable));
    }

    /// The rows that the list answers with.
    public <T> List<T> page(PanacheQuery<T> rows) {
        return rows.range(0, limit - 1).list();
    }

    private static Parameters read(UriInfo uri, List<String> known, List<String> embeddable) {
        var sent = uri.getQueryParameters();
        var errors = new ArrayList<Violation>();
        refuseUnknown(sent, known, errors);
        var parameters = new Parameters(limit(sent, errors), embed(sent, embeddable, errors));
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.PARAMETER, errors);
        }
        return parameters;
    }

    private static void refuseUnknown(MultivaluedMap<String, String> sent, List<String> known, List<Violation> errors) {
        sent.forEach((name, values) -> {
            if (!known.contains(name)) {
                errors.add(Violation.ofParameter(name, "unknown", Nearest.hint(name, known)));
            } else if (values.size() > 1) {
                errors.add(Violation.ofParameter(name, "repeated", "may stand only once"));
            }
        });
    }

    private static int limit(MultivaluedMap<String, String> sent, List<Violation> errors) {
        var value = sent.getFirst("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        // At most four digits, so that it fits an int.
        int limit = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            errors.add(Violation.ofParameter("limit", "range", "must be a whole number from 1 to " + MAX_LIMIT));
        }
        return limit;
    }

    private static Set<String> embed(
            MultivaluedMap<String, String> sent, List<String> embeddable, List<Violation> errors) {
        var value = sent.getFirst("embed");
        if (value == null) {
            return Set.of();
        }
        if (!embeddable.contains(value)) {
            errors.add(Violation.ofParameter("embed", "unknown", Nearest.hint(value, embeddable)));
        }
        return Set.of(value);
    }
}
