package dev.byline.platform.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// What is wrong with the deployment of a process that can answer requests nevertheless, some of them with 503. The
/// log says it once, and readiness for as long as it is so. The process stays ready (persistence/README.md).
@Singleton
@Readiness
@Default // so that it can be injected: @Readiness is a qualifier
public class Warnings implements HealthCheck {

    private final Map<String, String> current = new ConcurrentSkipListMap<>();

    Warnings(MeterRegistry metrics) {
        Gauge.builder("byline.warnings", current, Map::size)
                .description("What is wrong with the deployment: /q/health/ready says it")
                .register(metrics);
    }

    public void add(String part, String sentence) {
        note(part, sentence, sentence);
    }

    /// @param part of the deployment; it has one warning at a time
    /// @param sentence names the setting and the remedy, but no address: health shows it
    /// @param detail for the log only
    public void add(String part, String sentence, String detail) {
        note(part, sentence, sentence + " (" + detail + ")");
    }

    private void note(String part, String sentence, String line) {
        if (!sentence.equals(current.put(part, sentence))) {
            Log.warn(line);
        }
    }

    public void remove(String part) {
        if (current.remove(part) != null) {
            Log.infof("The warning about the %s is over.", part);
        }
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("warnings").up();
        current.forEach(response::withData);
        return response.build();
    }
}
