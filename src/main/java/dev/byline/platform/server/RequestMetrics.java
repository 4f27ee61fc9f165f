package dev.byline.platform.server;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/// Bounds the labels of `http_server_requests`. Otherwise every unknown path and every invalid method would become
/// a time series. Any client could create them, until the registry accepts no new ones.
public class RequestMetrics {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Produces
    @Singleton
    MeterFilter boundedLabels(Routes routes) {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("http.server.requests") ? bounded(id, routes) : id;
            }
        };
    }

    private static Meter.Id bounded(Meter.Id id, Routes routes) {
        return id.replaceTags(id.getTags().stream()
                .map(tag -> switch (tag.getKey()) {
                    case "uri" -> routes.isRoute(tag.getValue()) ? tag : Tag.of("uri", "OTHER");
                    case "method" -> METHODS.contains(tag.getValue()) ? tag : Tag.of("method", "OTHER");
                    default -> tag;
                })
                .toList());
    }
}
