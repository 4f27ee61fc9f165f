package dev.byline.platform.server;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/// Bounds the labels of `http_server_requests`. Otherwise every unknown path and every invalid method would become
/// a time series. Any client could create them, until the registry accepts no new ones.
public class RequestMetrics {

    private static final String OTHER = "OTHER";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Produces
    @Singleton
    MeterFilter routes(Routes routes) {
        return MeterFilter.replaceTagValues("uri", uri -> routes.isRoute(uri) ? uri : OTHER);
    }

    @Produces
    @Singleton
    MeterFilter methods() {
        return MeterFilter.replaceTagValues("method", method -> METHODS.contains(method) ? method : OTHER);
    }
}
