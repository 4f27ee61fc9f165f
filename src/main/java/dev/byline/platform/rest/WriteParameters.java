package dev.byline.platform.rest;

import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.ParameterErrors;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// A write takes no query parameters, except those that select its rows. Any other parameter is refused, because
/// the client expects it to have an effect.
@Singleton
public class WriteParameters {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    @ServerRequestFilter
    void refuse(ContainerRequestContext request, RoutingContext context) {
        var sent = QueryString.of(context).keySet();
        if (WRITES.contains(request.getMethod()) && !sent.isEmpty() && !isByFilter(request)) {
            var errors = new ParameterErrors();
            sent.forEach(name -> errors.add(name, "unknown", "a write takes no query parameters"));
            errors.refuse();
        }
    }

    /// PATCH and DELETE of a collection.
    private static boolean isByFilter(ContainerRequestContext request) {
        return Set.of("PATCH", "DELETE").contains(request.getMethod())
                && request.getUriInfo().getPathParameters().isEmpty();
    }
}
