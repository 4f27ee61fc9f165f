package dev.byline.platform.security;

import dev.byline.platform.server.Route;
import dev.byline.platform.server.Routes;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What a token must allow before a request goes on, decided before anything looks into its body. Whose row a write
/// may touch is decided by {@link CurrentCaller#mustOwn}, in the transaction that has the row.
@Singleton
public class AccessPolicy implements HttpSecurityPolicy {

    /// A person may write the one user that is theirs.
    public static final String USERS_WRITE = "users:write";

    /// A person may write the posts of the user that is theirs.
    public static final String POSTS_WRITE = "posts:write";

    /// Everything, whoever it belongs to.
    public static final String ADMIN = "admin";

    private record Rule(Set<String> methods, String template, String scope) {

        static Rule of(String methods, String template, String scope) {
            return new Rule(Set.of(methods.split(" ")), template, scope);
        }

        boolean covers(HttpServerRequest request, Route route) {
            return methods.contains(request.method().name()) && template.equals(route.template());
        }
    }

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /// A write that is not here needs `admin`: one that is added is closed until somebody decides.
    private static final List<Rule> WRITES = List.of(
            Rule.of("POST", "/users", USERS_WRITE),
            Rule.of("PUT PATCH DELETE", "/users/{id}", USERS_WRITE),
            Rule.of("POST", "/users/{id}/posts", POSTS_WRITE),
            Rule.of("POST", "/posts", POSTS_WRITE),
            Rule.of("PUT PATCH DELETE", "/posts/{id}", POSTS_WRITE));

    private final boolean everybodyReads;
    private final Routes routes;
    private final AuthProblems refusals;

    AccessPolicy(
            @ConfigProperty(name = "byline.security.everybody-reads") boolean everybodyReads,
            Routes routes,
            AuthProblems refusals) {
        this.everybodyReads = everybodyReads;
        this.routes = routes;
        this.refusals = refusals;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        boolean reads = READS.contains(request.request().method().name());
        if (reads && (everybodyReads || isOpenAnyway(request))) {
            return CheckResult.permit();
        }
        return identity.invoke(caller -> check(request, caller, reads)).replaceWith(CheckResult.PERMIT);
    }

    private void check(RoutingContext request, SecurityIdentity caller, boolean reads) {
        if (caller.isAnonymous()) {
            throw refusals.noToken();
        }
        var scope = scopeOf(request);
        if (!reads && !caller.hasRole(ADMIN) && !caller.hasRole(scope)) {
            throw refusals.missingScope(scope);
        }
    }

    private String scopeOf(RoutingContext request) {
        return routes.of(request).stream()
                .flatMap(route -> WRITES.stream().filter(rule -> rule.covers(request.request(), route)))
                .map(Rule::scope)
                .findFirst()
                .orElse(ADMIN);
    }

    /// What its resource says is for everybody, such as where a client finds out how to get a token; and what is no
    /// resource: the description of the API, and paths that lead nowhere.
    private boolean isOpenAnyway(RoutingContext request) {
        return routes.of(request)
                .map(route -> route.resource().isAnnotationPresent(PermitAll.class))
                .orElse(true);
    }
}
