package dev.byline.platform.security;

import dev.byline.platform.server.Routes;
import dev.byline.platform.server.Sender;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Identifies the senders of requests by their tokens.
@Singleton
public class SenderByToken implements Sender {

    private final ClientAddress addresses;
    private final Routes routes;
    private final Owners owners;
    private final AuthProblems refusals;

    SenderByToken(ClientAddress addresses, Routes routes, Owners owners, AuthProblems refusals) {
        this.addresses = addresses;
        this.routes = routes;
        this.owners = owners;
        this.refusals = refusals;
    }

    @Override
    public String name(RoutingContext request) {
        return CurrentCaller.nameOf(request).orElseGet(() -> Addresses.subscriber(addresses.of(request)));
    }

    @Override
    public boolean isAnonymous(RoutingContext request) {
        return identity(request).map(SecurityIdentity::isAnonymous).orElse(true);
    }

    /// Only an admin may import rows, or the owner in the path, to whom these rows belong.
    @Override
    @ActivateRequestContext
    public void mustBeAllowedToImport(RoutingContext request) {
        var caller = identity(request).orElseThrow(refusals::noToken);
        if (!caller.hasRole(AccessPolicy.ADMIN)) {
            var owner = ownerIn(request).orElseThrow(() -> refusals.missingScope(AccessPolicy.ADMIN));
            var token = (JsonWebToken) caller.getPrincipal();
            var own = owners.claimedBy(token.getIssuer(), token.getSubject());
            if (!own.map(String::valueOf).equals(Optional.of(owner))) {
                throw refusals.notOwner(own);
            }
        }
    }

    private Optional<String> ownerIn(RoutingContext request) {
        return routes.of(request)
                .filter(route -> route.resource().isAnnotationPresent(OwnerInPath.class))
                .flatMap(route -> route.variables().stream().findFirst());
    }

    private static Optional<SecurityIdentity> identity(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                ? Optional.of(user.getSecurityIdentity())
                : Optional.empty();
    }
}
