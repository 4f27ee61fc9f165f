package dev.byline.platform.security;

import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.ProblemResponse;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Adds what the CORS filter of Quarkus lacks, if CORS is on. A refusal says its reason. `Vary: Origin` is on
/// every answer, because without it a cache could give one page the answer for another. The service's own pages
/// are allowed behind a proxy that terminates TLS.
@Singleton
public class CrossOrigin {

    private static final int BEFORE_QUARKUS = SecurityHandlerPriorities.CORS + 10;

    private final boolean isOn;
    private final List<String> origins;
    private final List<Pattern> patterns;
    private final PublicOrigin own;

    CrossOrigin(
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean isOn,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins,
            PublicOrigin own) {
        this.isOn = isOn;
        this.origins = origins.orElse(List.of());
        this.patterns = CORSFilter.parseAllowedOriginsRegex(origins);
        this.own = own;
    }

    void install(@Observes Filters filters) {
        if (isOn) {
            filters.register(this::enter, BEFORE_QUARKUS);
        }
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || isAllowed(origin)) {
            context.next();
        } else if (own.is(origin) || origin.endsWith("://" + request.getHeader(HttpHeaders.HOST))) {
            request.headers().remove(HttpHeaders.ORIGIN); // Quarkus would also compare the scheme
            context.next();
        } else {
            var detail = "Pages of " + Excerpt.of(origin) + " may not use this service from a browser.";
            ProblemResponse.send(context, new ProblemException(ProblemType.FORBIDDEN, detail));
        }
    }

    private boolean isAllowed(String origin) {
        return origins.contains("*") || origins.contains(origin) || CORSFilter.isOriginAllowedByRegex(patterns, origin);
    }
}
