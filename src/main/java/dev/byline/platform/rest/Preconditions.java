package dev.byline.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ParameterErrors;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.Routes;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Which version of a row a write may replace or delete. Clients say it in `If-Match`, or in the member `version`
/// of the body: those that send back a whole row then lose no update, even if they know nothing of entity tags.
@Singleton
public class Preconditions {

    /// The member of every row that has its version.
    public static final String MEMBER = "version";

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final boolean required;
    private final Routes routes;

    /// @param required whether a client must say which version it is about
    Preconditions(@ConfigProperty(name = "byline.http.require-if-match") boolean required, Routes routes) {
        this.required = required;
        this.routes = routes;
    }

    /// Lets a write of a row go on only if the row still has the version that the client has seen.
    ///
    /// @param seen the member {@link #MEMBER} of the body, empty where there is none
    /// @throws ProblemException 412, with the current entity tag; 428 when the client must name a version and does
    /// not
    public void check(RoutingContext request, Optional<JsonNode> seen, long version) {
        seen.ifPresent(Preconditions::mustBeWhole);
        if (required && seen.isEmpty() && !request.request().headers().contains(HttpHeaders.IF_MATCH)) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of the row as you have read it, or the version of that row in the body of a PUT or PATCH; If-Match: * takes any version.");
        }
        ETags.check(request, version);
        seen.filter(sent -> !sent.canConvertToLong() || sent.longValue() != version)
                .ifPresent(sent -> {
                    throw ETags.stale(
                            version,
                            "The body is of version %s, the row is at version %d now: read it again, then decide. Without version, the body replaces any."
                                    .formatted(Excerpt.of(sent.asText()), version));
                });
    }

    private static void mustBeWhole(JsonNode version) {
        if (!version.isIntegralNumber()) {
            throw invalid("type", "must be a whole number, the version as it was read; leave it out to overwrite any");
        }
    }

    /// A write to many rows cannot compare a version with each.
    public static void refuse(ObjectNode patch) {
        if (patch.has(MEMBER)) {
            throw invalid("conflict", "is for a single row: the filter can select the rows of a version");
        }
    }

    private static ProblemException invalid(String code, String detail) {
        return ProblemException.ofMember("#/" + MEMBER, code, detail);
    }

    /// A list has no entity tag that a write could compare.
    @ServerRequestFilter
    void refuseOnLists(ContainerRequestContext request, RoutingContext context) {
        var route = routes.of(context);
        if (!WRITES.contains(request.getMethod())
                || route.isEmpty()
                || !route.get().isList()) {
            return;
        }
        var errors = new ParameterErrors();
        for (var name : List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)) {
            if (request.getHeaderString(name) != null) {
                errors.add(name, "conflict", "is for a single row: a write to a list cannot be made conditional");
            }
        }
        errors.refuse();
    }
}
