package dev.byline.platform.rest;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.server.ProblemResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// `If-Match` and `If-None-Match` of every read, by the entity tag of its answer: RFC 9110, section 13.2.2.
@Singleton
public class ConditionalReads {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> OF_304 =
            Set.of(HttpHeaders.ETAG, HttpHeaders.VARY, "X-Total-Count", Prefer.APPLIED);
    private static final Set<String> OF_412 = Set.of(HttpHeaders.ETAG, HttpHeaders.VARY);
    private static final int BEFORE_CACHING = Priorities.USER + 1;

    @ServerResponseFilter(priority = BEFORE_CACHING)
    void evaluate(ContainerResponseContext response, RoutingContext request) {
        if (!READS.contains(request.request().method().name()) || response.getStatus() != 200) {
            return;
        }
        var tag = response.getHeaderString(HttpHeaders.ETAG);
        try {
            ETags.check(request, tag);
            if (ETags.isKnown(request, tag)) {
                response.setStatus(304);
                response.setEntity(null);
                response.getHeaders().keySet().retainAll(OF_304);
            }
        } catch (ProblemException refusal) {
            response.setStatus(refusal.type().status);
            response.getHeaders().keySet().retainAll(OF_412);
            response.setEntity(ProblemResponse.of(request, refusal), null, MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}
