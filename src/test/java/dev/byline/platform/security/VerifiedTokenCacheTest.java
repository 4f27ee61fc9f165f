package dev.byline.platform.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/// The tokens here would pass no verification: whoever gets in with one has been remembered.
@QuarkusTest
class VerifiedTokenCacheTest {

    private final String token = "forged " + UUID.randomUUID();

    @Inject
    VerifiedTokenCache tokens;

    @Inject
    IdentityProviderManager identities;

    @Test
    void asksForWhomHasBeenVerifiedBefore() {
        var principal = remember(in(60));
        var identity = identities.authenticateBlocking(request(token));
        assertEquals(principal, identity.getPrincipal());
        assertEquals(Set.of("admin"), identity.getRoles());
        assertTrue(identity.getAttributes().isEmpty(), "they lead to the first request");
    }

    @Test
    void doesNotKnowAnotherTokenOfTheSamePerson() {
        remember(in(60));
        assertNull(remembered(token + "x"));
    }

    @Test
    void forgetsATokenThatHasExpired() {
        remember(in(-1));
        assertNull(remembered(token));
    }

    @Test
    void knowsWhatHasBeenGoodOnce() {
        assertFalse(tokens.knows(token));
        remember(in(-1));
        assertTrue(tokens.knows(token));
    }

    private JsonWebToken remember(long expiry) {
        var principal = new Claimed(Map.of("exp", expiry));
        tokens.augment(
                        QuarkusSecurityIdentity.builder()
                                .setPrincipal(principal)
                                .addRole("admin")
                                .addCredential(new AccessTokenCredential(token))
                                .addAttribute(RoutingContext.class.getName(), "the first request")
                                .build(),
                        null)
                .await()
                .atMost(Duration.ofSeconds(1));
        return principal;
    }

    private SecurityIdentity remembered(String token) {
        return tokens.authenticate(request(token), null).await().atMost(Duration.ofSeconds(1));
    }

    private static TokenAuthenticationRequest request(String token) {
        return new TokenAuthenticationRequest(new AccessTokenCredential(token));
    }

    private static long in(int seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private record Claimed(Map<String, Object> claims) implements JsonWebToken {

        @Override
        public String getName() {
            return "somebody";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }
}
