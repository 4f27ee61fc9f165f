package dev.byline.platform.security;

import dev.byline.platform.server.Route;
import dev.byline.platform.server.Routes;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Checks the scope of the token before the body of a request is read. Whether a write may change a certain row is
/// decided later by {@link CurrentCaller#mustOwn}, in the transaction that has read the row.
@Singleton
public record AccessPolicy(
        @ConfigProperty(name = "byline.security.everybody-reads")
        boolean everybodyReads,

        Routes routes,
        AuthProblems refusals)
        implements HttpSecurityPolicy {

    /// The scope that allows everything, on everybody's rows.
    public static final String ADMIN = "admin";

    static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /// On a list, these methods affect many rows.
    private static final Set<String> OF_MANY = Set.of("PATCH", "DELETE");

    /// The scopes of all resources, sorted.
    public static List<String> writeScopes(Routes routes) {
        return routes.resources().stream()
                .flatMap(resource -> Stream.ofNullable(resource.getAnnotation(WriteScope.class)))
                .map(WriteScope::value)
                .distinct()
                .sorted()
                .toList();
    }

    /// All scopes that mean something here: those of all resources, then `admin`.
    public static List<String> scopes(Routes routes) {
        return Stream.concat(writeScopes(routes).stream(), Stream.of(ADMIN)).toList();
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        var route = routes.of(request);
        boolean reads = READS.contains(request.request().method().name());
        if (reads && isOpen(route)) {
            return CheckResult.permit();
        }
        var scope = scope(request, route, reads);
        return identity.invoke(caller -> check(caller, scope)).replaceWith(CheckResult.PERMIT);
    }

    /// Paths without a resource are open too: the OpenAPI document, and unknown paths (404).
    private boolean isOpen(Optional<Route> route) {
        return route.map(Route::resource)
                .map(resource -> resource.isAnnotationPresent(PermitAll.class)
                        || everybodyReads && resource.isAnnotationPresent(WriteScope.class))
                .orElse(true);
    }

    /// @return null if any valid token is sufficient
    private static String scope(RoutingContext request, Optional<Route> route, boolean reads) {
        var declared = route.map(it -> it.resource().getAnnotation(WriteScope.class));
        if (declared.isEmpty()
                || !reads
                        && route.get().isList()
                        && OF_MANY.contains(request.request().method().name())) {
            return ADMIN;
        }
        return reads ? null : declared.get().value();
    }

    private void check(SecurityIdentity caller, String scope) {
        if (caller.isAnonymous()) {
            throw refusals.noToken();
        }
        if (scope != null && !caller.hasRole(ADMIN) && !caller.hasRole(scope)) {
            throw refusals.missingScope(scope);
        }
    }
}
