package dev.byline.platform.security;

import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/// Reads the issuer's keys from a file, a JWK set (RFC 7517), if there is no network path to the issuer. The file
/// is read again every ten seconds, so keys are rotated by replacing it.
///
/// Quarkus accepts one key in its configuration, and key sets from the network only. So each key is an OIDC tenant
/// of Quarkus, and a token's `kid` selects the tenant.
@Singleton
public class JwkSetFile implements TenantConfigResolver {

    private final Optional<Path> file;
    private final Instance<TenantConfigBean> tenants; // lazy: creating that bean needs this one
    private volatile Map<String, OidcTenantConfig> byKeyId = Map.of();

    JwkSetFile(
            @ConfigProperty(name = "byline.security.jwk-set") Optional<Path> file, Instance<TenantConfigBean> tenants) {
        this.file = file;
        this.tenants = tenants;
    }

    boolean isConfigured() {
        return file.isPresent();
    }

    void start(@Observes StartupEvent start) {
        if (file.isEmpty()) {
            return;
        }
        try {
            byKeyId = read(file.get());
        } catch (IOException | JoseException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "BYLINE_SECURITY_JWK_SET=%s is not a usable JWK set (RFC 7517): %s. Set it to a file with public RSA keys, each with a kid."
                            .formatted(file.get(), reason(e)),
                    e);
        }
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        var token = BearerToken.of(request.request());
        if (file.isEmpty() || token.isEmpty()) {
            return Uni.createFrom().nullItem(); // the configured issuer, or no token
        }
        var key = byKeyId.get(keyId(token.get()));
        return key != null
                ? Uni.createFrom().item(key)
                : Uni.createFrom().failure(new AuthenticationFailedException("The key set has no such key"));
    }

    private static String keyId(String token) {
        try {
            return OidcUtils.decodeJwtHeaders(token).getString("kid");
        } catch (RuntimeException notAToken) {
            return null;
        }
    }

    @Scheduled(every = "10s", delayed = "10s")
    void readAgain() {
        if (file.isEmpty()) {
            return;
        }
        try {
            byKeyId = read(file.get());
        } catch (IOException | JoseException | IllegalArgumentException e) {
            Log.errorf("The JWK set %s cannot be read, its keys stay as they were: %s", file.get(), reason(e));
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof NoSuchFileException
                ? "there is no such file"
                : Causes.sentence(Causes.deepest(failure));
    }

    private Map<String, OidcTenantConfig> read(Path file) throws IOException, JoseException {
        var known = byKeyId;
        var keys = new HashMap<String, OidcTenantConfig>();
        for (var key : new JsonWebKeySet(Files.readString(file)).getJsonWebKeys()) {
            if (key.getKeyId() == null || !(key.getKey() instanceof RSAPublicKey)) {
                throw new IllegalArgumentException("every key needs a kid, and must be a public RSA key");
            }
            var config = config(key);
            // The same object while the key is the same: Quarkus would treat a new object as a change.
            var before = known.get(key.getKeyId());
            keys.put(key.getKeyId(), before != null && before.tenantId().equals(config.tenantId()) ? before : config);
        }
        return keys;
    }

    private OidcTenantConfig config(JsonWebKey key) {
        return OidcTenantConfig.builder(tenants.get().getDefaultTenant().oidcConfig())
                .tenantId("jwk-" + key.calculateBase64urlEncodedThumbprint("SHA-256"))
                .tenantEnabled(true)
                .publicKey(Base64.getEncoder().encodeToString(key.getKey().getEncoded()))
                .build();
    }
}
