package dev.byline.platform.rest;

import dev.byline.platform.problem.ProblemType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.function.Supplier;
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

    /// The page has no scripts.
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private final ProblemTypesPage page;

    ProblemTypes(ProblemTypesPage page) {
        this.page = page;
    }

    @RegisterForReflection // the methods that return it do not declare it
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
    public Response list(@Context RoutingContext request) {
        RowParameters.refuseAll(request);
        var types = Arrays.stream(ProblemType.values()).map(View::of).toList();
        return answer(request, types, () -> page.of(types));
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
    public Response get(
            @RestPath @Parameter(description = "The last part of the type", example = "stale") String name,
            @Context RoutingContext request) {
        RowParameters.refuseAll(request);
        var type = Arrays.stream(ProblemType.values())
                .filter(each -> each.slug().equals(name))
                .map(View::of)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return answer(request, type, () -> page.of(type));
    }

    private static Response answer(RoutingContext request, Object types, Supplier<String> page) {
        if (!MediaType.TEXT_HTML.equals(request.request().getHeader(HttpHeaders.ACCEPT))) {
            return Response.ok(types, MediaType.APPLICATION_JSON).build();
        }
        // There is one already, for data, which a header of the Response would be added to.
        request.response().putHeader("Content-Security-Policy", POLICY);
        return Response.ok(page.get(), "text/html;charset=UTF-8").build();
    }
}
