package dev.byline.platform.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.rest.RowParameters;
import dev.byline.platform.server.Routes;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Tells clients how to get a token (RFC 9728). The endpoint of Quarkus (`quarkus.oidc.resource-metadata`) does not
/// know the scopes that resources declare, and is not part of the OpenAPI document.
@PermitAll
@Path(PublicOrigin.METADATA)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "security")
public class ResourceMetadata {

    @Schema(name = "ProtectedResourceMetadata")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record View(
            @Schema(required = true, examples = "https://byline.example")
            String resource,

            @JsonProperty("authorization_servers") @Schema(examples = "[\"https://issuer.example/realms/byline\"]")
            List<String> authorizationServers,

            @JsonProperty("scopes_supported") List<String> scopesSupported,

            @JsonProperty("bearer_methods_supported") List<String> bearerMethodsSupported) {}

    /// RFC 9728 requires `resource`, and only the setting can supply it.
    private static final String NO_ORIGIN =
            "This deployment has not been told its address (BYLINE_HTTP_ORIGIN), so it has no metadata.";

    private final Issuer issuer;
    private final Routes routes;
    private final PublicOrigin origin;

    ResourceMetadata(Issuer issuer, Routes routes, PublicOrigin origin) {
        this.issuer = issuer;
        this.routes = routes;
        this.origin = origin;
    }

    @GET
    @Operation(
            operationId = "getResourceMetadata",
            summary = "Which tokens this service takes, and from whom",
            description = "Metadata by RFC 9728. 404 if the deployment has not been told its public address.")
    public View get(@Context RoutingContext request) {
        RowParameters.refuseAll(request);
        return new View(
                origin.resource().orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, NO_ORIGIN)),
                issuer.name().stream().toList(),
                AccessPolicy.scopes(routes),
                List.of("header"));
    }
}
