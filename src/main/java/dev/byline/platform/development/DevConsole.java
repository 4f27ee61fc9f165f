package dev.byline.platform.development;

import dev.byline.platform.security.AccessPolicy;
import dev.byline.platform.server.Routes;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Tells the console that this is dev mode, and for which scopes it can get tokens. Elsewhere, this path has a file
/// that says nothing, so that the console needs no request that fails.
@IfBuildProfile("dev")
@Singleton
public record DevConsole(Routes routes, DevTokens tokens) {

    private static final int BEFORE_THE_FILE = -1;

    void install(@Observes Router router) {
        router.get("/console/development.json").order(BEFORE_THE_FILE).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        var scopes = tokens.areIssued() ? AccessPolicy.scopes(routes) : List.of();
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("scopes", scopes).encode());
    }
}
