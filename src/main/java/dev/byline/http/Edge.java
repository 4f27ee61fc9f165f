package dev.byline.http;

import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What every request meets first, whatever its route. Its body is read here, on the event loop and up to the limit:
/// a client that sends slowly keeps no worker thread from the others.
@Singleton
public class Edge {

    /// The priority of what comes after this filter.
    static final int AFTER_BODY = Integer.MAX_VALUE - 1;

    private static final int FIRST = Integer.MAX_VALUE;

    private static final String TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
    private static final Pattern TYPE =
            Pattern.compile(TOKEN + "/" + TOKEN + "\\s*(;\\s*" + TOKEN + "=(" + TOKEN + "|\"[^\"]*\")\\s*)*");

    private final BodyHandler body;
    private final Uploads uploads;

    Edge(@ConfigProperty(name = "byline.http.max-body-size") MemorySize limit, Uploads uploads) {
        this.uploads = uploads;
        body = BodyHandler.create(false).setBodyLimit(limit.asLongValue());
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    private void enter(RoutingContext context) {
        RequestId.give(context);
        var request = context.request();
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            var refusal = new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding");
            ProblemAnswer.send(context, refusal.with("Accept-Encoding", "identity"));
        } else if (!namesItsType(request)) {
            var refusal = new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send one Content-Type, such as application/json");
            ProblemAnswer.send(context, refusal);
        } else if (uploads.receives(request)) {
            request.pause(); // until it is known who sends it
            context.next();
        } else if (hasBody(request)) {
            body.handle(context);
        } else {
            context.next();
        }
    }

    /// Where several methods of a resource differ by their media types, Quarkus REST fails on what is none.
    private static boolean namesItsType(HttpServerRequest request) {
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        return types.isEmpty()
                || types.size() == 1 && TYPE.matcher(types.getFirst()).matches();
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return !request.isEnded()
                && !"0".equals(length)
                && (length != null || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }
}
