package dev.byline.platform.development;

import dev.byline.platform.security.AccessPolicy;
import dev.byline.platform.server.Routes;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcConfig;
import io.smallrye.jwt.build.Jwt;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/// The issuer of dev mode, which gives a token to anybody. The package does not contain this class
/// (`quarkus.package.jar.user-configured-ignored-entries`).
@IfBuildProfile("dev")
@Singleton
@PermitAll
@Path("/dev/token")
public class DevTokens {

    private static final String ISSUER = "http://localhost/dev";
    private static final Duration LIFESPAN = Duration.ofHours(12);

    private final Routes routes;
    private KeyPair keys;

    DevTokens(Routes routes) {
        this.routes = routes;
    }

    /// Does nothing if an issuer is configured: then that is the only one.
    void becomeTheIssuer(@Observes Oidc oidc, OidcConfig config) throws NoSuchAlgorithmException {
        var configured = config.namedTenants().get(OidcConfig.DEFAULT_TENANT_KEY);
        if (configured.authServerUrl().isPresent() || configured.publicKey().isPresent()) {
            return;
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        oidc.create(OidcTenantConfig.builder(configured)
                .publicKey(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()))
                .token()
                .issuer(ISSUER)
                .end()
                .build());
    }

    boolean areIssued() {
        return keys != null;
    }

    /// @param scope of the token; by default, the write scopes of all resources
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public String token(@RestQuery @DefaultValue("ada") String sub, @RestQuery Optional<String> scope) {
        if (!areIssued()) {
            throw new NotFoundException();
        }
        return Jwt.issuer(ISSUER)
                .subject(sub)
                .audience("byline")
                .claim("scope", scope.orElseGet(() -> String.join(" ", AccessPolicy.writeScopes(routes))))
                .expiresIn(LIFESPAN)
                .sign(keys.getPrivate());
    }
}
