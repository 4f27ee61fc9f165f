package dev.byline.platform.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.net.Inet;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/// Writes a log line for every write and every refusal, in the category `byline.audit`: who, what, how many rows,
/// and whether it was committed. Like every log line, it has the request id.
@Singleton
public record Audit(ClientAddress addresses) {

    private static final Logger LOG = Logger.getLogger("byline.audit");
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
    private static final int FIRST = Integer.MAX_VALUE;

    void install(@Observes Filters filters) {
        filters.register(this::follow, FIRST);
    }

    private void follow(RoutingContext request) {
        request.addEndHandler(end -> write(request, end));
        request.next();
    }

    private void write(RoutingContext request, AsyncResult<Void> end) {
        int status = request.response().getStatusCode();
        if (AccessPolicy.READS.contains(request.request().method().name()) && !REFUSALS.contains(status)) {
            return;
        }
        MDC.put("requestId", request.response().headers().get("X-Request-Id"));
        var caller = CurrentCaller.nameOf(request).orElseGet(() -> Inet.toOptimalString(addresses.of(request)));
        LOG.info(AuditLine.of(request, caller) + (end.succeeded() ? "" : ", and the answer did not arrive"));
    }
}
