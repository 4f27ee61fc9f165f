package dev.byline.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/// A log line for every write and every refusal, in the category `byline.audit`: who, what, how it ended. The request
/// id is in the line as in every other.
@Singleton
public class Audit {

    private static final Logger LOG = Logger.getLogger("byline.audit");
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final int FIRST = Integer.MAX_VALUE;

    void install(@Observes Filters filters) {
        filters.register(Audit::follow, FIRST);
    }

    private static void follow(RoutingContext request) {
        request.addEndHandler(end -> write(request, end));
        request.next();
    }

    private static void write(RoutingContext request, AsyncResult<Void> end) {
        int status = request.response().getStatusCode();
        var method = request.request().method().name();
        if (READS.contains(method) && !REFUSALS.contains(status)) {
            return;
        }
        var location = request.response().headers().get("Location");
        MDC.put("requestId", request.response().headers().get("X-Request-Id"));
        LOG.infof(
                "%s %s %s by %s%s%s",
                method,
                request.request().path(),
                status,
                Caller.nameOf(request),
                location == null ? "" : ", created " + location,
                end.succeeded() ? "" : ", and the answer did not arrive");
    }
}
