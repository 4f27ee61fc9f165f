package dev.byline.platform.security;

import dev.byline.platform.health.Warnings;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The issuer whose tokens this deployment accepts.
@Singleton
public record Issuer(TenantConfigBean tenants, JwkSetFile file, Warnings warnings) {

    static final String UNKNOWN =
            "This deployment accepts no tokens, so nobody may write: it has been given no issuer.";

    private static final String PART = "issuer";
    private static final String KEYS = "keys of the issuer";

    /// The value with which Quarkus does not check `iss`.
    private static final String ANY = "any";

    boolean isKnown() {
        return file.isConfigured() || tenants.getDefaultTenant().oidcConfig().tenantEnabled();
    }

    /// The issuer's name, as in the `iss` of its tokens. Empty if every `iss` is accepted.
    Optional<String> name() {
        var config = tenants.getDefaultTenant().oidcConfig();
        return isAny() ? Optional.empty() : config.token().issuer().or(config::authServerUrl);
    }

    private boolean isAny() {
        return tenants.getDefaultTenant().oidcConfig().token().issuer().equals(Optional.of(ANY));
    }

    void report(@Observes StartupEvent start) {
        if (isKnown() && name().isEmpty() && !isAny()) {
            throw new ConfigurationException(
                    "Whose key is it? Set QUARKUS_OIDC_TOKEN_ISSUER to the iss of its tokens.");
        }
        if (!isKnown()) {
            warnings.add(
                    PART,
                    "Every write will be refused: there is no issuer of tokens. Set QUARKUS_OIDC_AUTH_SERVER_URL, or"
                            + " QUARKUS_OIDC_PUBLIC_KEY and QUARKUS_OIDC_TOKEN_ISSUER (src/main/java/dev/byline/platform/security/README.md).");
        } else if (isAny()) {
            warnings.add(
                    PART,
                    "The iss of a token is not checked (QUARKUS_OIDC_TOKEN_ISSUER=any): whoever shares a key with the"
                            + " issuer can make tokens in the name of every other, and with them act as any person of theirs."
                            + " Set QUARKUS_OIDC_TOKEN_ISSUER to the iss of your issuer's tokens.");
        }
    }

    /// Without its keys no token can be verified. By default Quarkus would ask for them again with the next token.
    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void fetchKeys() {
        var tenant = tenants.getDefaultTenant();
        if (tenant.oidcConfig().tenantEnabled() && !tenant.ready()) {
            warnings.add(
                    KEYS,
                    "The issuer of tokens does not answer, so requests with a token get 503. Start it, or correct QUARKUS_OIDC_AUTH_SERVER_URL.");
            tenant.initialize().subscribe().with(fetched -> warnings.remove(KEYS), stillAway -> {});
        } else {
            warnings.remove(KEYS);
        }
    }
}
