package dev.byline.platform.rest;

import dev.byline.platform.problem.ProblemType;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/// The descriptions of the problem types, to which the `type` of a problem links. Programs get JSON, and browsers a
/// page ({@link ProblemTypesPage}), which the OpenAPI document leaves out.
@PermitAll
@Path("/problems")
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
@Tag(name = "problems")
public class ProblemTypes {

    @Schema(name = "ProblemType")
    public record View(String type, String title, int status, String description) {

        static View of(ProblemType type) {
            return new View(type.uri(), type.title, type.status, type.description);
        }
    }

    @GET
    @Operation(
            operationId = "listProblemTypes",
            summary = "The types of problem",
            description =
                    "Every kind of failure, with its status and what a client can do about it. Browsers get a page (`text/html`).")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = View.class)))
    public List<View> list(@Context RoutingContext request) {
        RowParameters.refuseAll(request);
        return Arrays.stream(ProblemType.values()).map(View::of).toList();
    }

    @GET
    @Path("{name}")
    @Operation(
            operationId = "getProblemType",
            summary = "One type of problem",
            description = "The `type` of a problem is the path of this description. Browsers get a page (`text/html`).")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = View.class)))
    public View get(
            @RestPath @Parameter(description = "The last part of the type", example = "stale") String name,
            @Context RoutingContext request) {
        RowParameters.refuseAll(request);
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.slug().equals(name))
                .map(View::of)
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }
}
