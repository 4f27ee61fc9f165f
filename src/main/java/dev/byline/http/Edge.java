package dev.byline.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What every request meets first, whatever its route.
@Singleton
public class Edge {

    /// Before everything of Quarkus, whose own answer to a body that is too large would have none itself.
    private static final int FIRST = Integer.MAX_VALUE;

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    private void enter(RoutingContext request) {
        RequestId.give(request);
        request.next();
    }
}
