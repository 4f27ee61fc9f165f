package dev.byline.platform.server;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether clients can connect. Health has another port, which opens a little earlier.
@Readiness
@Singleton
public class ListenerReadiness implements HealthCheck {

    private volatile boolean listening;

    void plain(@ObservesAsync HttpServerStart start) {
        listening = true;
    }

    void encrypted(@ObservesAsync HttpsServerStart start) {
        listening = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("listener").status(listening).build();
    }
}
