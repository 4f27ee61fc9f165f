package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Answers 404 for the console's files if the deployment has switched it off.
@Singleton
public class ConsoleSwitch {

    private static final int AFTER_CORS = SecurityHandlerPriorities.CORS - 20;

    private final boolean isOn;

    ConsoleSwitch(@ConfigProperty(name = "byline.console.enabled") boolean isOn) {
        this.isOn = isOn;
    }

    void install(@Observes Filters filters) {
        if (!isOn) {
            filters.register(this::refuse, AFTER_CORS);
        }
    }

    private void refuse(RoutingContext context) {
        var path = context.normalizedPath();
        if (ConsoleFiles.contain(path)) {
            ProblemResponse.send(context, new ProblemException(ProblemType.NOT_FOUND, "There is nothing at " + path));
        } else {
            context.next();
        }
    }
}
