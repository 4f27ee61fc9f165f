package dev.byline.http;

import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Where the deployment says so, nobody overwrites or deletes a row without saying which version they have seen.
@Singleton
public class Preconditions {

    private static final Set<String> METHODS = Set.of("PUT", "PATCH", "DELETE");

    private final boolean required;

    Preconditions(@ConfigProperty(name = "byline.http.require-if-match") boolean required) {
        this.required = required;
    }

    @ServerRequestFilter
    void require(ContainerRequestContext request) {
        if (required
                && METHODS.contains(request.getMethod())
                && request.getUriInfo().getPathParameters().containsKey("id")
                && request.getHeaderString(HttpHeaders.IF_MATCH) == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of the row as you have read it; If-Match: * takes any version.");
        }
    }
}
