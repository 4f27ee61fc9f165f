package dev.byline.platform.rest;

import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ParameterErrors;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The query parameters of a request that is not for a list (for lists: {@link dev.byline.platform.query.Query}).
/// One answer refuses all that are unknown, repeated or invalid.
public final class RowParameters {

    private RowParameters() {}

    /// @throws ProblemException 400 when there is any
    public static void refuseAll(RoutingContext request) {
        embed(request, List::of);
    }

    /// The name of the rows to embed, `?embed=…`.
    ///
    /// @throws ProblemException 400, naming every bad parameter
    public static Optional<String> embed(RoutingContext request, Supplier<Collection<String>> embeddable) {
        var sent = QueryString.of(request);
        return sent.isEmpty() ? Optional.empty() : embed(sent, embeddable.get());
    }

    private static Optional<String> embed(Map<String, List<String>> sent, Collection<String> embeddable) {
        var known = embeddable.isEmpty() ? List.<String>of() : List.of("embed");
        var errors = new ParameterErrors();
        sent.forEach((name, values) -> {
            if (!known.contains(name)) {
                errors.add(name, "unknown", () -> Nearest.hint(name, known));
            } else if (values.size() > 1) {
                errors.add(name, "repeated", "may stand only once");
            } else if (!embeddable.contains(values.getFirst())) {
                errors.add(name, "unknown", Nearest.hint(values.getFirst(), embeddable));
            }
        });
        errors.refuse();
        return Optional.ofNullable(sent.get("embed")).map(List::getFirst);
    }
}
