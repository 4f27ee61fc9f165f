package dev.byline.http;

import dev.byline.problem.Problem;
import dev.byline.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// A problem as the answer to a request that the REST layer does not see.
public final class ProblemAnswer {

    private ProblemAnswer() {}

    public static void send(RoutingContext context, ProblemException refusal) {
        var problem = refusal.problem(context.request().path(), RequestId.of(context));
        var response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        refusal.headers().forEach(response::putHeader);
        // A body on its way is read and thrown away, so that the client gets to read the answer instead of a reset.
        context.request().resume();
        response.end(JsonObject.mapFrom(problem).encode());
    }
}
