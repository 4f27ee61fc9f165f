package dev.byline.problem;

import static dev.byline.problem.ProblemType.INTERNAL;
import static dev.byline.problem.ProblemType.MALFORMED;
import static dev.byline.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.byline.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.byline.problem.ProblemType.NOT_FOUND;
import static dev.byline.problem.ProblemType.TOO_LARGE;
import static dev.byline.problem.ProblemType.UNAVAILABLE;
import static dev.byline.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;

/// What the REST layer itself refuses: routes, methods, media types.
final class HttpProblems {

    private HttpProblems() {}

    static ProblemException of(WebApplicationException refusal, String method, String path) {
        if (refusal.getCause() instanceof JsonProcessingException unreadable) {
            return JsonProblems.of(unreadable);
        }
        var response = refusal.getResponse();
        return switch (response.getStatus()) {
            case 404 -> new ProblemException(NOT_FOUND, "There is nothing at " + path);
            case 405 -> {
                var allowed = response.getHeaderString(HttpHeaders.ALLOW);
                yield new ProblemException(METHOD_NOT_ALLOWED, "%s takes %s, not %s".formatted(path, allowed, method))
                        .with(HttpHeaders.ALLOW, allowed);
            }
            case 406 -> new ProblemException(NOT_ACCEPTABLE, "Accept application/json");
            case 413 -> new ProblemException(TOO_LARGE, "The body is over the limit");
            case 415 -> new ProblemException(UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json");
            case 503 -> new ProblemException(UNAVAILABLE, "The server is busy", refusal).with("Retry-After", "1");
            default ->
                response.getStatus() < 500
                        ? new ProblemException(MALFORMED, "The request cannot be read")
                        : new ProblemException(INTERNAL, null, refusal);
        };
    }
}
