package dev.byline.platform.security;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.Outcome;
import io.vertx.ext.web.RoutingContext;

/// The line of the audit log for one request, in printable characters and of bounded length.
final class AuditLine {

    /// Set by write.Idempotency, on which this package must not depend.
    private static final String REPLAYED = "Idempotency-Replayed";

    private static final int MOST_CHARACTERS = 1000;

    private AuditLine() {}

    /// @param caller one word
    static String of(RoutingContext request, String caller) {
        var response = request.response();
        return request.request().method().name()
                + " " + target(request)
                + " " + (response.headWritten() ? response.getStatusCode() : "-")
                + " by " + cut(caller)
                + (response.headWritten() ? outcome(request) : ", the client left before the answer" + fate(request));
    }

    /// Includes the query of a write by filter, because it says which rows were affected. Any other query is left
    /// out: it is a mistake and may contain a secret.
    private static String target(RoutingContext request) {
        var path = request.request().path();
        var query = request.request().query();
        return printable(query == null || Outcome.of(request).rows == null ? path : path + "?" + query);
    }

    private static String outcome(RoutingContext request) {
        var outcome = Outcome.of(request);
        if (outcome.problem != null) {
            return refusal(request, outcome.problem);
        }
        if (request.response().getStatusCode() >= 400) {
            return ", refused" + fate(request);
        }
        if (request.response().headers().contains(REPLAYED)) {
            return ", replayed the answer of an earlier request";
        }
        if (outcome.committed == null) {
            return "";
        }
        return outcome.committed ? done(request) : rehearsed(request);
    }

    private static String refusal(RoutingContext request, ProblemException problem) {
        return switch (problem.type()) {
            case UNAUTHENTICATED ->
                BearerToken.of(request.request()).isPresent()
                        ? ", token refused: " + problem.getMessage()
                        : ", no token";
            case FORBIDDEN, TOO_MANY_REQUESTS -> ", refused: " + problem.getMessage();
            default -> ", " + problem.type().slug() + fate(request, problem.type());
        };
    }

    private static String fate(RoutingContext request, ProblemType type) {
        return type == ProblemType.OUTCOME_UNKNOWN ? "" : fate(request);
    }

    /// Whether the changes of a request that has failed, or got no answer, are committed.
    private static String fate(RoutingContext request) {
        var committed = Outcome.of(request).committed;
        if (!request.response().headWritten() && committed == null) {
            return ", and it may still be kept";
        }
        return Boolean.TRUE.equals(committed) ? ", but it is kept" : ", nothing kept";
    }

    private static String done(RoutingContext request) {
        var rows = Outcome.of(request).rows;
        var location = request.response().headers().get("Location");
        var verb = verb(request);
        if (rows != null) {
            return ", " + counted(rows) + " " + verb;
        }
        return ", " + verb + (location == null ? "" : " " + location);
    }

    private static String verb(RoutingContext request) {
        return switch (request.request().method().name()) {
            case "POST" -> "created";
            case "DELETE" -> "deleted";
            default -> "changed";
        };
    }

    private static String rehearsed(RoutingContext request) {
        var rows = Outcome.of(request).rows;
        return ", rehearsed" + (rows == null ? "" : " with " + counted(rows)) + ", nothing kept";
    }

    private static String counted(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    /// Replaces every character that a URI may not have, because it could break a log that is read line by line.
    private static String printable(String text) {
        var line = new StringBuilder(cut(text));
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) <= ' ' || line.charAt(i) >= 0x7f) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
    }
}
