package dev.byline.http;

import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// A write takes no query parameters, unless they say which rows it is about. One that is sent all the same was
/// meant to say something, so nothing is written.
@Singleton
public class WriteParameters {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    @ServerRequestFilter
    void refuse(ContainerRequestContext request) {
        var sent = request.getUriInfo().getQueryParameters().keySet();
        if (WRITES.contains(request.getMethod()) && !sent.isEmpty() && !isByFilter(request)) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    sent.stream()
                            .map(name -> Violation.ofParameter(name, "unknown", "a write takes no query parameters"))
                            .toList());
        }
    }

    /// PATCH and DELETE of a collection.
    private static boolean isByFilter(ContainerRequestContext request) {
        return Set.of("PATCH", "DELETE").contains(request.getMethod())
                && request.getUriInfo().getPathParameters().isEmpty();
    }
}
