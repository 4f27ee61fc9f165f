package dev.byline.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who sent the current request, as their token says, and whose rows they may write.
@Singleton
public class CurrentCaller {

    private final SecurityIdentity identity;
    private final Owners owners;
    private final AuthProblems refusals;

    CurrentCaller(SecurityIdentity identity, Owners owners, AuthProblems refusals) {
        this.identity = identity;
        this.owners = owners;
        this.refusals = refusals;
    }

    /// How limits and logs call whoever sent the token of a request: `sub@iss`, one word in printable ASCII whatever
    /// the token says, which no address and no other pair can have. Empty where there is no token.
    static Optional<String> nameOf(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? Optional.of(encoded(token.getSubject()) + "@" + withUrlsAsTheyAre(encoded(token.getIssuer())))
                : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    /// An issuer is a URL: what every URL has need not make it unreadable, and stands for nothing else.
    private static String withUrlsAsTheyAre(String encoded) {
        return encoded.replace("%3A", ":").replace("%2F", "/");
    }

    public boolean isAdmin() {
        return identity.hasRole(AccessPolicy.ADMIN);
    }

    /// The token's `iss`: a subject means something only to its issuer.
    public String issuer() {
        return token().getIssuer();
    }

    /// The token's `sub`.
    public String subject() {
        return token().getSubject();
    }

    /// Lets a write go on only if what it touches belongs to the caller, or the caller is an admin.
    ///
    /// @param owner the id among the {@link Owners}; empty for what is an admin's only
    /// @throws ProblemException 403 for everybody else
    public void mustOwn(Optional<Long> owner) {
        if (isAdmin()) {
            return;
        }
        if (owner.isEmpty()) {
            mustBeAdmin();
        }
        var own = owners.claimedBy(issuer(), subject());
        if (!own.equals(owner)) {
            throw refusals.notOwner(own);
        }
    }

    /// Lets only an admin go on: for what touches many people's rows at once.
    ///
    /// @throws ProblemException 403 for everybody else
    public void mustBeAdmin() {
        if (!isAdmin()) {
            throw refusals.missingScope(AccessPolicy.ADMIN);
        }
    }

    private JsonWebToken token() {
        return (JsonWebToken) identity.getPrincipal();
    }
}
