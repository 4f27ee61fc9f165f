package dev.byline.platform.rest;

import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ParameterErrors;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// The query parameters of a request that is not for a list (those are {@link dev.byline.platform.query.Query}). What
/// is
/// unknown, repeated or has no such value is refused, all of it in one answer.
public final class RowParameters {

    private RowParameters() {}

    /// @throws ProblemException 400 when there is any
    public static void refuseAll(RoutingContext request) {
        embed(request);
    }

    /// Whether the row is to carry along another, `?embed=user`.
    ///
    /// @param embeddable what it may be asked for
    /// @throws ProblemException 400, naming every bad parameter
    public static boolean embed(RoutingContext request, String... embeddable) {
        var known = embeddable.length > 0 ? List.of("embed") : List.<String>of();
        var errors = new ParameterErrors();
        QueryString.of(request).forEach((name, values) -> {
            if (!known.contains(name)) {
                errors.add(name, "unknown", () -> Nearest.hint(name, known));
            } else if (values.size() > 1) {
                errors.add(name, "repeated", "may stand only once");
            } else if (!List.of(embeddable).contains(values.getFirst())) {
                errors.add(name, "unknown", Nearest.hint(values.getFirst(), List.of(embeddable)));
            }
        });
        errors.refuse();
        return QueryString.of(request).containsKey("embed");
    }
}
