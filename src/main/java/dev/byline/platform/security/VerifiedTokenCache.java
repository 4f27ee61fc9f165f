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

/// Remembers, for ten seconds and no longer than they are valid, the tokens that have been verified: verifying one is
/// a fifth of what the creation of a row costs, and a client sends the same one again and again. What is not known
/// here is verified as ever.
@Singleton
public class VerifiedTokenCache implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {

    /// Verification has the default, `SYSTEM_FIRST + 1`.
    private static final int BEFORE_VERIFICATION = SYSTEM_FIRST + 2;

    /// For so long a token outlives the withdrawal of the key that signed it.
    private static final Duration KEPT = Duration.ofSeconds(10);

    /// With tokens of the greatest length that is taken, some 30 MB.
    private static final int MOST_TOKENS = 1_000;

    /// So many, some 3 MB, are known for so long to have been good once: nobody has guessed them.
    private static final int MOST_KNOWN = 20_000;

    private static final Duration KNOWN = Duration.ofHours(1);

    /// By the tokens' SHA-256: how long it takes to find none says nothing about those that are there.
    private final Cache<ByteBuffer, SecurityIdentity> identities = Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfterWrite(KEPT)
            .build();

    private final Cache<ByteBuffer, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN)
            .build();

    /// Whether this token has been good lately. It may be so no longer.
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

    /// Whose token this is, else nothing: then the next provider, which verifies it, is asked.
    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var verified = identities.getIfPresent(digest(request.getToken().getToken()));
        return verified != null && isValid(verified)
                ? Uni.createFrom().item(verified)
                : Uni.createFrom().nullItem();
    }

    /// Remembers who has been verified. Who was only remembered gets no further ten seconds.
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

    /// The attributes lead to the request that the token came with first. Without any,
    /// this is no identity that verification has made.
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
