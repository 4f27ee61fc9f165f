package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Answers 404 for the pages for people that the deployment has switched off: the console, and Swagger UI, for which
/// Quarkus' own 404 is no problem.
@Singleton
public record PageSwitches(
        @ConfigProperty(name = "byline.console.enabled") boolean hasConsole,
        @ConfigProperty(name = "quarkus.swagger-ui.enabled") boolean hasSwaggerUi) {

    private static final int AFTER_CORS = SecurityHandlerPriorities.CORS - 20;

    void install(@Observes Filters filters) {
        if (!hasConsole || !hasSwaggerUi) {
            filters.register(this::check, AFTER_CORS);
        }
    }

    private void check(RoutingContext context) {
        var path = context.normalizedPath();
        if (isOff(path)) {
            ProblemResponse.send(context, new ProblemException(ProblemType.NOT_FOUND, "There is nothing at " + path));
        } else {
            context.next();
        }
    }

    private boolean isOff(String path) {
        return !hasConsole && ConsoleFiles.contain(path) || !hasSwaggerUi && path.startsWith("/q/swagger-ui");
    }
}
