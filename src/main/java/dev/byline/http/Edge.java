package dev.byline.http;

import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What every request meets first, whatever its route.
@Singleton
public class Edge {

    /// Before everything of Quarkus, whose own answer to a body that is too large has no body itself.
    private static final int FIRST = Integer.MAX_VALUE;

    private final BodyLimit limit;

    Edge(BodyLimit limit) {
        this.limit = limit;
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    private void enter(RoutingContext context) {
        RequestId.give(context);
        var refusal = refusal(context.request());
        if (refusal.isPresent()) {
            ProblemAnswer.send(context, refusal.get());
        } else {
            context.next();
        }
    }

    private Optional<ProblemException> refusal(HttpServerRequest request) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding")
                    .with("Accept-Encoding", "identity"));
        }
        // A chunked body has no length; it is counted as it is read.
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || Long.parseLong(length) <= limit.bytes()
                ? Optional.empty()
                : Optional.of(limit.exceeded());
    }
}
