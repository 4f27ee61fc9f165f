package dev.byline.platform.security;

import dev.byline.platform.server.Routes;
import dev.byline.platform.server.Sender;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The caller of the current request by their token, and the check of which rows they may write.
@Singleton
public class CurrentCaller implements Sender {

    private final SecurityIdentity identity;
    private final ClientAddress addresses;
    private final Routes routes;
    private final Owners owners;
    private final AuthProblems refusals;

    CurrentCaller(
            SecurityIdentity identity, ClientAddress addresses, Routes routes, Owners owners, AuthProblems refusals) {
        this.identity = identity;
        this.addresses = addresses;
        this.routes = routes;
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

    private static Optional<SecurityIdentity> identity(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                ? Optional.of(user.getSecurityIdentity())
                : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    /// An issuer is a URL, so its colons and slashes stay readable. They have no other meaning in the name.
    private static String withUrlsAsTheyAre(String encoded) {
        return encoded.replace("%3A", ":").replace("%2F", "/");
    }

    @Override
    public String name(RoutingContext request) {
        return nameOf(request).orElseGet(() -> Addresses.subscriber(addresses.of(request)));
    }

    @Override
    public boolean isAnonymous(RoutingContext request) {
        return identity(request).map(SecurityIdentity::isAnonymous).orElse(true);
    }

    public boolean isAdmin() {
        return identity.hasRole(AccessPolicy.ADMIN);
    }

    /// The token's `iss`. A subject is unique only within its issuer.
    public String issuer() {
        return token(identity).getIssuer();
    }

    /// The token's `sub`.
    public String subject() {
        return token(identity).getSubject();
    }

    /// Allows a write only if the row belongs to the caller, or the caller is an admin.
    ///
    /// @param owner the id of the row's owner among the {@link Owners}; empty if only an admin may write the row
    /// @throws ProblemException 403 for everybody else
    public void mustOwn(Optional<Long> owner) {
        check(identity, owner.map(String::valueOf));
    }

    /// Only an admin may import rows, or the owner in the path, to whom these rows belong.
    @Override
    @ActivateRequestContext
    public void mustBeAllowedToImport(RoutingContext request) {
        var owner = routes.of(request)
                .filter(route -> route.resource().isAnnotationPresent(OwnerInPath.class))
                .flatMap(route -> route.variables().stream().findFirst());
        check(identity(request).orElseThrow(refusals::noToken), owner);
    }

    /// @param owner an id as in a path, which need not be a number
    private void check(SecurityIdentity caller, Optional<String> owner) {
        if (caller.hasRole(AccessPolicy.ADMIN)) {
            return;
        }
        if (owner.isEmpty()) {
            throw refusals.missingScope(AccessPolicy.ADMIN);
        }
        var own = owners.claimedBy(token(caller).getIssuer(), token(caller).getSubject());
        if (!own.map(String::valueOf).equals(owner)) {
            throw refusals.notOwner(own);
        }
    }

    /// Allows only an admin: for writes that affect the rows of many people.
    ///
    /// @throws ProblemException 403 for everybody else
    public void mustBeAdmin() {
        mustOwn(Optional.empty());
    }

    private static JsonWebToken token(SecurityIdentity caller) {
        return (JsonWebToken) caller.getPrincipal();
    }
}
