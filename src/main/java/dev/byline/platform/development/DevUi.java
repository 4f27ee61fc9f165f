package dev.byline.platform.development;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets the Dev UI of Quarkus run: its pages load scripts, styles and pictures in ways that the policy for data, and
/// that for the console, forbid. Production has no Dev UI.
@IfBuildProfile("dev")
@Singleton
public class DevUi {

    private static final int AFTER_THE_FIRST_FILTER = Integer.MAX_VALUE - 1;

    void install(@Observes Filters filters) {
        filters.register(this::open, AFTER_THE_FIRST_FILTER);
    }

    private void open(RoutingContext context) {
        if (context.normalizedPath().startsWith("/q/dev-ui")) {
            context.response().headers().remove("Content-Security-Policy");
        }
        context.next();
    }
}
