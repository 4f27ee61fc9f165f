package dev.byline.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The caller of the current request by their token, and the check of which rows they may write.
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

    /// The caller's name in limits and logs: `sub@iss`. Both parts are URL-encoded, so it is one word in printable
    /// ASCII, and differs from every address and every other pair. Empty without a token.
    static Optional<String> nameOf(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? Optional.of(encoded(token.getSubject()) + "@" + withUrlsAsTheyAre(encoded(token.getIssuer())))
                : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    /// An issuer is a URL, so its colons and slashes stay readable. They have no other meaning in the name.
    private static String withUrlsAsTheyAre(String encoded) {
        return encoded.replace("%3A", ":").replace("%2F", "/");
    }

    public boolean isAdmin() {
        return identity.hasRole(AccessPolicy.ADMIN);
    }

    /// The token's `iss`. A subject is unique only within its issuer.
    public String issuer() {
        return token().getIssuer();
    }

    /// The token's `sub`.
    public String subject() {
        return token().getSubject();
    }

    /// Allows a write only if the row belongs to the caller, or the caller is an admin.
    ///
    /// @param owner the id of the row's owner among the {@link Owners}; empty if only an admin may write the row
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

    /// Allows only an admin: for writes that affect the rows of many people.
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
