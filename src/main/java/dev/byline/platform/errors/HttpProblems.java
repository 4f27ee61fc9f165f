package dev.byline.platform.errors;

import static dev.byline.platform.problem.ProblemType.INTERNAL;
import static dev.byline.platform.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.byline.platform.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.byline.platform.problem.ProblemType.NOT_FOUND;
import static dev.byline.platform.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.rest.MergePatch;
import dev.byline.platform.server.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;

/// What the REST layer itself refuses: routes, methods, media types.
final class HttpProblems {

    private HttpProblems() {}

    static ProblemException of(WebApplicationException refusal, RoutingContext context, Routes routes) {
        int status = refusal.getResponse().getStatus();
        return switch (status) {
            case 404, 405 -> route(context, routes);
            case 406 -> new ProblemException(NOT_ACCEPTABLE, "Accept application/json");
            case 415 -> mediaType(context.request().method());
            case 503 -> ProblemException.unavailable("The server is busy", refusal);
            default ->
                status < 500
                        ? ProblemException.malformed("The request cannot be read")
                        : new ProblemException(INTERNAL, null, refusal);
        };
    }

    /// Quarkus REST answers 404 if another resource with the same beginning of the path takes the method.
    private static ProblemException route(RoutingContext context, Routes routes) {
        var request = context.request();
        var methods = routes.allowed(context);
        if (methods.isEmpty() || methods.contains(request.method().name())) {
            return new ProblemException(NOT_FOUND, "There is nothing at " + request.path());
        }
        var allowed = String.join(", ", methods);
        return new ProblemException(METHOD_NOT_ALLOWED, request.path() + " takes " + allowed)
                .with(HttpHeaders.ALLOW, allowed);
    }

    private static ProblemException mediaType(HttpMethod method) {
        if (method.equals(HttpMethod.PATCH)) {
            return new ProblemException(UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: " + MergePatch.MEDIA_TYPE)
                    .with("Accept-Patch", MergePatch.MEDIA_TYPE);
        }
        var many = method.equals(HttpMethod.POST) ? ", or for many rows application/x-ndjson or text/csv" : "";
        return new ProblemException(UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json" + many);
    }
}
