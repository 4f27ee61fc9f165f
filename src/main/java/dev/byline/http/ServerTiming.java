package dev.byline.http;

import dev.byline.database.DatabaseWork;
import dev.byline.database.Pulse;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Tells with each answer what it cost the database, in the header `Server-Timing` (milliseconds) and in the metrics.
@Singleton
public class ServerTiming {

    private final DatabaseWork work;
    private final Pulse pulse;
    private final DistributionSummary statements;
    private final Timer statementTime;
    private final Timer wait;

    ServerTiming(DatabaseWork work, Pulse pulse, MeterRegistry metrics) {
        this.work = work;
        this.pulse = pulse;
        statements = DistributionSummary.builder("byline.request.statements")
                .description("SQL statements of a request")
                .register(metrics);
        statementTime = Timer.builder("byline.request.database")
                .description("Time that a request's SQL statements took")
                .register(metrics);
        wait = Timer.builder("byline.request.pool.wait")
                .description("Time that a request waited for a connection")
                .register(metrics);
    }

    @ServerResponseFilter
    void measure(ContainerResponseContext response) {
        int count = work.statements();
        if (count > 0 && response.getStatus() < 500) {
            pulse.beat();
        }
        statements.record(count);
        statementTime.record(work.statementNanos(), TimeUnit.NANOSECONDS);
        wait.record(work.waitNanos(), TimeUnit.NANOSECONDS);
        var timing = String.format(
                Locale.ROOT, // elsewhere the decimal point is a comma, which would end the entry
                "db;dur=%.1f;desc=\"%d %s\", pool;dur=%.1f",
                work.statementNanos() / 1e6,
                count,
                count == 1 ? "statement" : "statements",
                work.waitNanos() / 1e6);
        response.getHeaders().putSingle("Server-Timing", timing);
    }
}
