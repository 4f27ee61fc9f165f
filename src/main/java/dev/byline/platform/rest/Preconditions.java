package dev.byline.platform.rest;

import dev.byline.platform.problem.ParameterErrors;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.Routes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// If the deployment requires it, a client must say in `If-Match` which version of a row it overwrites or deletes.
@Singleton
public class Preconditions {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final boolean required;
    private final Routes routes;

    Preconditions(@ConfigProperty(name = "byline.http.require-if-match") boolean required, Routes routes) {
        this.required = required;
        this.routes = routes;
    }

    @ServerRequestFilter
    void require(ContainerRequestContext request, RoutingContext context) {
        var route = routes.of(context);
        if (!WRITES.contains(request.getMethod()) || route.isEmpty()) {
            return;
        }
        if (route.get().isList()) {
            refuseConditions(request);
        } else if (required && request.getHeaderString(HttpHeaders.IF_MATCH) == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of the row as you have read it; If-Match: * takes any version.");
        }
    }

    /// A list has no entity tag that a write could compare.
    private static void refuseConditions(ContainerRequestContext request) {
        var errors = new ParameterErrors();
        for (var name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            if (request.getHeaderString(name) != null) {
                errors.add(name, "conflict", "is for a single row: a write to a list cannot be made conditional");
            }
        }
        errors.refuse();
    }
}
