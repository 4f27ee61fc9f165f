package dev.byline.platform.rest;

import dev.byline.platform.server.Routes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// OPTIONS: the methods that a path takes, and the patch documents where PATCH is one of them (RFC 5789).
@Singleton
public record Options(Routes routes) {

    @ServerRequestFilter(preMatching = true)
    Optional<Response> answer(ContainerRequestContext request, RoutingContext context) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return Optional.empty();
        }
        var allowed = routes.allowed(context);
        if (allowed.isEmpty()) {
            throw new NotFoundException();
        }
        var answer = Response.noContent().header(HttpHeaders.ALLOW, String.join(", ", allowed));
        if (allowed.contains(HttpMethod.PATCH)) {
            answer.header("Accept-Patch", MergePatch.MEDIA_TYPE);
        }
        return Optional.of(answer.build());
    }
}
