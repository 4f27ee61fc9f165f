package dev.byline.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Caches verified tokens for ten seconds, but never beyond their expiry. A client sends the same token again and
/// again, and verifying it takes a fifth of the cost of creating a row. All other tokens are verified.
@Singleton
public class VerifiedTokenCache implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {

    /// Verification has the default priority, `SYSTEM_FIRST + 1`.
    private static final int BEFORE_VERIFICATION = SYSTEM_FIRST + 2;

    /// A token may be accepted for this long after its signing key was withdrawn.
    private static final Duration KEPT = Duration.ofSeconds(10);

    /// At most some 30 MB, if all tokens have the greatest allowed length.
    private static final int MOST_TOKENS = 1_000;

    /// The number of tokens that are remembered as once valid, some 3 MB. Such a token was not guessed.
    private static final int MOST_KNOWN = 20_000;

    private static final Duration KNOWN = Duration.ofHours(1);

    /// Keyed by the tokens' SHA-256, so the time of a failed lookup reveals nothing about the cached tokens.
    private final Cache<ByteBuffer, SecurityIdentity> identities = Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(KEPT)
            .build();

    private final Cache<ByteBuffer, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN)
            .build();

    /// Whether this token was valid within the last hour. It may have become invalid since.
    boolean knows(String token) {
        return known.getIfPresent(digest(token)) != null;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public int priority() {
        return BEFORE_VERIFICATION;
    }

    /// Returns the cached identity. Without one it returns nothing, and the next provider verifies the token.
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var verified = identities.getIfPresent(digest(request.getToken().getToken()));
        return verified != null && isValid(verified)
                ? Uni.createFrom().item(verified)
                : Uni.createFrom().nullItem();
    }

    /// Caches an identity that was just verified. One from the cache gets no further ten seconds.
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity verified, AuthenticationRequestContext context) {
        var credential = verified.getCredential(TokenCredential.class);
        if (!verified.getAttributes().isEmpty()
                && credential != null
                && verified.getPrincipal() instanceof JsonWebToken) {
            var digest = digest(credential.getToken());
            identities.put(digest, withoutRequest(verified));
            known.put(digest, true);
        }
        return Uni.createFrom().item(verified);
    }

    private static boolean isValid(SecurityIdentity identity) {
        var token = (JsonWebToken) identity.getPrincipal();
        return Instant.now().getEpochSecond() < token.getExpirationTime();
    }

    /// Drops the attributes, because they refer to the token's first request. An identity without attributes
    /// therefore comes from the cache, not from verification.
    private static SecurityIdentity withoutRequest(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials())
                .build();
    }

    private static ByteBuffer digest(String token) {
        return ByteBuffer.wrap(DigestUtils.sha256(token));
    }
}
