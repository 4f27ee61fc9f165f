package dev.byline.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Which version of a row a write may replace or delete. Clients say it in `If-Match`, or in the member `version`
/// of the body: those that send back a whole row then lose no update, even if they know nothing of entity tags.
@Singleton
public record Preconditions(
        @ConfigProperty(name = "byline.http.require-if-match")
        boolean required) {

    /// The member of every row that has its version.
    public static final String MEMBER = "version";

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
}
