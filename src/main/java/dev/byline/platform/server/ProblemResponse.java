package dev.byline.platform.server;

import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// Answers with a problem a request that does not reach the REST layer.
public final class ProblemResponse {

    private static final long LINGER_MILLIS = 2000;

    private ProblemResponse() {}

    /// The problem with which the request is answered.
    public static Problem of(RoutingContext context, ProblemException refusal) {
        Outcome.of(context).problem = refusal;
        return refusal.problem(context.request().path(), RequestId.of(context));
    }

    public static void send(RoutingContext context, ProblemException refusal) {
        var problem = of(context, refusal);
        var response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        refusal.headers().forEach(response::putHeader);
        response.end(JsonObject.mapFrom(problem).encode());
        if ("close".equals(response.headers().get(HttpHeaders.CONNECTION))) {
            context.request().connection().close(); // pipelined requests are not read
            return;
        }
        // Discards the rest of the body for a short time, so that the client reads the answer instead of a reset.
        var request = context.request();
        if (!request.isEnded()) {
            request.resume();
            context.vertx().setTimer(LINGER_MILLIS, timer -> closeUnlessEnded(request));
        }
    }

    private static void closeUnlessEnded(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }
}
