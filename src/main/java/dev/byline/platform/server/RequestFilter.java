package dev.byline.platform.server;

import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The first filter of every request, whatever its route. It reads headers only. The body is read later, when the
/// sender is known ({@link BodyReader}).
@Singleton
public record RequestFilter(Connections connections, Routes routes) {

    private static final String EVENT_LOOP = "eventLoop";
    private static final int FIRST = Integer.MAX_VALUE;

    /// After CORS, so that a page of an allowed origin can read a refusal.
    private static final int AFTER_CORS = SecurityHandlerPriorities.CORS - 10;

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        filters.register(this::check, AFTER_CORS);
    }

    /// Runs the work on the event loop of the request's connection, because authentication may have left it.
    public static void onEventLoop(RoutingContext context, Runnable work) {
        Context eventLoop = context.get(EVENT_LOOP);
        if (Vertx.currentContext() == eventLoop) {
            work.run();
        } else {
            eventLoop.runOnContext(turn -> work.run());
        }
    }

    private void enter(RoutingContext context) {
        RequestId.give(context);
        BrowserHeaders.add(context);
        context.put(EVENT_LOOP, Vertx.currentContext());
        connections.admit(context);
    }

    private void check(RoutingContext context) {
        try {
            RequestHead.check(context);
            routes.of(context)
                    .ifPresent(route -> negotiate(context, route.method().produces()));
            context.next();
        } catch (ProblemException refusal) {
            ProblemResponse.send(context, refusal);
        }
    }

    /// Reduces `Accept` to the media type that the answer will have. Quarkus REST does not parse the full grammar,
    /// and mistakes a media range for a type.
    private static void negotiate(RoutingContext context, List<String> types) {
        var headers = context.request().headers();
        if (types.isEmpty() || !headers.contains(HttpHeaders.ACCEPT)) {
            return;
        }
        var accept = String.join(",", headers.getAll(HttpHeaders.ACCEPT));
        var type = MediaTypes.preferred(accept, types)
                .or(() -> acceptsDeletion(context, accept) ? Optional.of(types.getFirst()) : Optional.empty())
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_ACCEPTABLE, "Accept " + String.join(", ", types)));
        headers.set(HttpHeaders.ACCEPT, type);
    }

    /// A deletion is usually answered without a body, so a client may accept only the body of its refusal. Generated
    /// clients do that.
    private static boolean acceptsDeletion(RoutingContext context, String accept) {
        return context.request().method().equals(HttpMethod.DELETE)
                && MediaTypes.preferred(accept, List.of(Problem.MEDIA_TYPE)).isPresent();
    }
}
