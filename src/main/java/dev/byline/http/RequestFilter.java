package dev.byline.http;

import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// What every request meets first, whatever its route. It looks at headers only: the body is read when it is known who
/// sends it ({@link BodyReader}).
@Singleton
public class RequestFilter {

    /// The most characters of a header that is parsed, all of its lines together.
    static final int MAX_HEADER = 4000;

    private static final String EVENT_LOOP = "eventLoop";
    private static final int FIRST = Integer.MAX_VALUE;

    private static final List<String> PARSED = List.of(
            "Accept", "Accept-Encoding", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Prefer");

    private final Connections connections;

    RequestFilter(Connections connections) {
        this.connections = connections;
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    /// Runs the work on the event loop of the request's connection: authentication may have gone on somewhere else.
    static void onEventLoop(RoutingContext context, Runnable work) {
        Context eventLoop = context.get(EVENT_LOOP);
        if (Vertx.currentContext() == eventLoop) {
            work.run();
        } else {
            eventLoop.runOnContext(turn -> work.run());
        }
    }

    private void enter(RoutingContext context) {
        RequestId.give(context);
        context.put(EVENT_LOOP, Vertx.currentContext());
        var refusal = refusal(context.request());
        if (refusal == null) {
            canonicalizeAccept(context.request());
            connections.admit(context);
        } else {
            ProblemAnswer.send(context, refusal);
        }
    }

    /// @return null where the request can be read
    private static ProblemException refusal(HttpServerRequest request) {
        var coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            // Where a body that is coded so ends is what two servers could disagree on.
            return new ProblemException(ProblemType.MALFORMED, "The only Transfer-Encoding is chunked.")
                    .with("Connection", "close");
        }
        for (var name : PARSED) {
            if (length(request, name) > MAX_HEADER) {
                var detail = "may have " + MAX_HEADER + " characters at most";
                return new ProblemException(
                        ProblemType.PARAMETER, List.of(Violation.ofParameter(name, "size", detail)));
            }
        }
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new ProblemException(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding")
                    .with("Accept-Encoding", "identity");
        }
        return namesItsType(request)
                ? null
                : new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send one Content-Type, such as application/json");
    }

    private static int length(HttpServerRequest request, String name) {
        int length = 0;
        for (var value : request.headers().getAll(name)) {
            length += value.length();
        }
        return length;
    }

    /// An `Accept` that is no list of media types is taken as none, as RFC 9110 allows.
    private static void canonicalizeAccept(HttpServerRequest request) {
        var accepted = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accepted.isEmpty()) {
            return;
        }
        var canonical = MediaTypes.canonicalList(String.join(",", accepted));
        if (canonical == null) {
            request.headers().remove(HttpHeaders.ACCEPT);
        } else {
            request.headers().set(HttpHeaders.ACCEPT, canonical);
        }
    }

    /// Where several methods of a resource differ by their media types, Quarkus REST fails on what is none.
    private static boolean namesItsType(HttpServerRequest request) {
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        return types.isEmpty() || types.size() == 1 && MediaTypes.isOne(types.getFirst());
    }
}
