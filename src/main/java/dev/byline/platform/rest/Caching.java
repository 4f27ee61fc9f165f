package dev.byline.platform.rest;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.server.ProblemResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// What caches may do with an answer (RFC 9111). Rows may be stored, but must be revalidated each time, which the
/// entity tag makes cheap. Shared caches may store them only where everybody may read. Nothing else may be stored.
///
/// `If-Match` and `If-None-Match` of every read are evaluated by the entity tag of its answer: RFC 9110, 13.2.2.
@Singleton
public record Caching(
        @ConfigProperty(name = "byline.security.everybody-reads")
        boolean everybodyReads) {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<Integer> ROWS = Set.of(200, 304);
    private static final Set<String> OF_304 =
            Set.of(HttpHeaders.ETAG, HttpHeaders.VARY, "X-Total-Count", Prefer.APPLIED);
    private static final Set<String> OF_412 = Set.of(HttpHeaders.ETAG, HttpHeaders.VARY);

    @ServerResponseFilter
    void say(ContainerRequestContext request, ContainerResponseContext response, RoutingContext context) {
        if (READS.contains(request.getMethod()) && response.getStatus() == 200) {
            evaluate(response, context);
        }
        var headers = response.getHeaders();
        headers.putIfAbsent(HttpHeaders.VARY, List.of(HttpHeaders.ACCEPT));
        headers.putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of(allowed(request, response.getStatus())));
    }

    private String allowed(ContainerRequestContext request, int status) {
        if (!READS.contains(request.getMethod()) || !ROWS.contains(status)) {
            return "no-store";
        }
        boolean forEverybody = everybodyReads && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
        return forEverybody ? "no-cache" : "private, no-cache";
    }

    private static void evaluate(ContainerResponseContext response, RoutingContext request) {
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
