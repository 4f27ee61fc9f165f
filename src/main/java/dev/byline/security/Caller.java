package dev.byline.security;

import dev.byline.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Who sent the current request, as her token says, and whose rows she may write.
@Singleton
public class Caller {

    /// OpenID Connect Core, section 2.
    private static final int LONGEST_SUBJECT = 255;

    private final SecurityIdentity identity;
    private final OwnUsers users;
    private final Refusals refusals;

    Caller(SecurityIdentity identity, OwnUsers users, Refusals refusals) {
        this.identity = identity;
        this.users = users;
        this.refusals = refusals;
    }

    /// Whether the token says whose it is.
    static boolean isNamed(SecurityIdentity identity) {
        var token = (JsonWebToken) identity.getPrincipal();
        var subject = token.getSubject();
        return token.getIssuer() != null
                && subject != null
                && subject.length() <= LONGEST_SUBJECT
                && !subject.isBlank()
                && subject.indexOf('\0') < 0;
    }

    /// How limits and logs call whoever sent a request: the subject and issuer of the token, else the address. It is
    /// one word, whatever the token says.
    static String nameOf(RoutingContext request) {
        if (request.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token) {
            return encoded(token.getSubject()) + "@" + token.getIssuer();
        }
        var address = request.request().remoteAddress();
        return address == null ? "nobody" : address.hostAddress();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    public boolean isAdmin() {
        return identity.hasRole(Access.ADMIN);
    }

    /// The token's `iss`: a subject means something only to its issuer.
    public String issuer() {
        return token().getIssuer();
    }

    /// The token's `sub`.
    public String subject() {
        return token().getSubject();
    }

    /// The id of the user that is hers.
    public Optional<Long> ownUser() {
        return users.idOf(issuer(), subject());
    }

    /// Lets a write go on only if it touches what belongs to the caller's own user, or the caller is an admin.
    ///
    /// @param userId the user, or the one whose post it is
    /// @throws ProblemException 403 when the user is somebody else's
    public void mustOwn(long userId) {
        if (isAdmin()) {
            return;
        }
        var own = ownUser();
        if (!own.equals(Optional.of(userId))) {
            throw refusals.notOwner(own);
        }
    }

    /// Lets only an admin go on: for what touches many people's rows at once.
    ///
    /// @throws ProblemException 403 for everybody else
    public void mustBeAdmin() {
        if (!isAdmin()) {
            throw refusals.missingScope(Access.ADMIN);
        }
    }

    private JsonWebToken token() {
        return (JsonWebToken) identity.getPrincipal();
    }
}
