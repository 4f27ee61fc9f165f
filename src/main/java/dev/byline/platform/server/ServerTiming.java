package dev.byline.platform.server;

import dev.byline.platform.persistence.LastDatabaseAnswer;
import dev.byline.platform.persistence.RequestStatements;
import dev.byline.platform.replica.ReadRoute;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Reports the database cost of each answer in the header `Server-Timing` (milliseconds) and in the metrics. The
/// header also says whether the replica answered.
@Singleton
public class ServerTiming {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("Server-Timing");

    private final LastDatabaseAnswer pulse;
    private final DistributionSummary statements;
    private final Timer statementTime;
    private final Timer wait;

    ServerTiming(LastDatabaseAnswer pulse, MeterRegistry metrics) {
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
    void measure(ContainerResponseContext response, RoutingContext request) {
        var work = RequestStatements.current();
        int count = work.statements();
        boolean byReplica = ReadRoute.current().isReplica();
        if (count > 0 && response.getStatus() < 500 && !byReplica) {
            pulse.beat();
        }
        statements.record(count);
        statementTime.record(work.statementNanos(), TimeUnit.NANOSECONDS);
        wait.record(work.waitNanos(), TimeUnit.NANOSECONDS);
        var timing = "db;dur=" + millis(work.statementNanos())
                + ";desc=\"" + count + (count == 1 ? " statement" : " statements") + "\""
                + ", pool;dur=" + millis(work.waitNanos())
                + (count > 0 && byReplica ? ", replica" : "");
        request.response().putHeader(HEADER, timing);
    }

    /// With one decimal. A formatter would take more time than all the rest of this filter.
    private static double millis(long nanos) {
        return Math.round(nanos / 1e5) / 10.0;
    }
}
