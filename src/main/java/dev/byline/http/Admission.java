package dev.byline.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.byline.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Lets so many requests work at once and so many wait, without a thread, for a bounded time; the rest is refused
/// before it has cost anything. Under any load the requests that are let in are served as fast as the service can,
/// and threads, memory and the wait for a connection stay bounded. Health and metrics have a port of their own.
@Singleton
public class Admission {

    private static final long NANOS_BETWEEN_LOGS = SECONDS.toNanos(10);

    private final int maxRunning;
    private final int maxWaiting;
    private final long maxWaitMillis;
    private final Counter refused;

    private int running;
    private final LinkedHashSet<Visit> waiting = new LinkedHashSet<>();
    private long lastLog = System.nanoTime() - NANOS_BETWEEN_LOGS;

    Admission(
            @ConfigProperty(name = "byline.http.max-running") int maxRunning,
            @ConfigProperty(name = "byline.http.max-waiting") int maxWaiting,
            @ConfigProperty(name = "byline.http.max-wait") Duration maxWait,
            MeterRegistry metrics) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.maxWaitMillis = maxWait.toMillis();
        refused = Counter.builder("byline.requests.refused")
                .description("Requests that were answered 503 because too many came before them")
                .register(metrics);
        Gauge.builder("byline.requests.running", this, Admission::running)
                .description("Requests in work")
                .register(metrics);
        Gauge.builder("byline.requests.waiting", this, Admission::waiting)
                .description("Requests that wait to be begun")
                .register(metrics);
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, Edge.AFTER_BODY);
    }

    private void enter(RoutingContext request) {
        var visit = new Visit(request);
        if (begin(visit)) {
            request.addEndHandler(end -> leave(visit));
            request.next();
        } else if (queue(visit)) {
            request.addEndHandler(end -> leave(visit));
            visit.pause(maxWaitMillis, () -> giveUp(visit));
        } else {
            refuse(request);
        }
    }

    private synchronized boolean begin(Visit visit) {
        visit.running = running < maxRunning;
        running += visit.running ? 1 : 0;
        return visit.running;
    }

    private synchronized boolean queue(Visit visit) {
        return waiting.size() < maxWaiting && waiting.add(visit);
    }

    private void giveUp(Visit visit) {
        boolean late;
        synchronized (this) {
            late = waiting.remove(visit);
        }
        if (late) {
            refuse(visit.request);
        }
    }

    /// The answer is complete, or the client has gone, be it before its turn.
    private void leave(Visit visit) {
        var next = handOver(visit);
        if (next != null) {
            next.goOn();
        }
    }

    private synchronized Visit handOver(Visit visit) {
        if (waiting.remove(visit) || !visit.running) {
            return null;
        }
        visit.running = false;
        if (waiting.isEmpty()) {
            running--;
            return null;
        }
        var next = waiting.removeFirst();
        next.running = true;
        return next;
    }

    private void refuse(RoutingContext request) {
        refused.increment();
        logNowAndThen();
        ProblemAnswer.send(request, ProblemException.unavailable("Too many requests came before this one", null));
    }

    /// A line for each refusal would be load upon load.
    private synchronized void logNowAndThen() {
        if (System.nanoTime() - lastLog >= NANOS_BETWEEN_LOGS) {
            lastLog = System.nanoTime();
            Log.warnf(
                    "Overloaded: %d requests in work, %d waiting, %.0f refused since the start",
                    running, waiting.size(), refused.count());
        }
    }

    private synchronized int running() {
        return running;
    }

    private synchronized int waiting() {
        return waiting.size();
    }

    /// A request from its arrival to its end, on the event loop of its connection.
    private static final class Visit {

        final RoutingContext request;
        boolean running;
        private final Context eventLoop = Vertx.currentContext();
        private long timer;

        Visit(RoutingContext request) {
            this.request = request;
        }

        void pause(long millis, Runnable late) {
            timer = request.vertx().setTimer(millis, fired -> late.run());
        }

        void goOn() {
            eventLoop.runOnContext(turn -> {
                request.vertx().cancelTimer(timer);
                if (!request.response().closed()) {
                    request.next();
                }
            });
        }
    }
}
