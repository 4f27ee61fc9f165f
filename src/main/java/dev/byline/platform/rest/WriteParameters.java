package dev.byline.platform.rest;

import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.ParameterErrors;
import dev.byline.platform.server.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses what a write would ignore, because the client expects it to have an effect: query parameters, except those
/// that select the rows of a PATCH or DELETE, and preconditions on a list, which has no entity tag.
@Singleton
public class WriteParameters {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    @ServerRequestFilter
    void refuse(ContainerRequestContext request, RoutingContext context) {
        var method = request.getMethod();
        if (!WRITES.contains(method)) {
            return;
        }
        boolean isList = Route.of(context).filter(Route::isList).isPresent();
        var errors = new ParameterErrors();
        if (!isList || !Set.of("PATCH", "DELETE").contains(method)) {
            QueryString.of(context)
                    .keySet()
                    .forEach(name -> errors.add(name, "unknown", "a write takes no query parameters"));
        }
        for (var name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            if (isList && request.getHeaderString(name) != null) {
                errors.add(name, "conflict", "is for a single row: a write to a list cannot be made conditional");
            }
        }
        errors.refuse();
    }
}
