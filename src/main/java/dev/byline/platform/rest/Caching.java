package dev.byline.platform.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// What caches may do with an answer (RFC 9111). Rows may be stored, but must be revalidated each time, which the
/// entity tag makes cheap. Shared caches may store them only where everybody may read. Nothing else may be stored.
@Singleton
public record Caching(
        @ConfigProperty(name = "byline.security.everybody-reads")
        boolean everybodyReads) {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<Integer> ROWS = Set.of(200, 304);

    @ServerResponseFilter
    void say(ContainerRequestContext request, ContainerResponseContext response) {
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
}
