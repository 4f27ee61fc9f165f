package dev.byline.platform.server;

import dev.byline.platform.framework.Channels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Bounds the memory of answers that clients do not read. All of them together may take a share of the heap.
/// Beyond it, the connections that have waited longest for their client are closed. A connection whose client
/// reads too slowly is closed too. The next request of a connection starts only when its write queue has room.
@Singleton
public class Connections {

    private static final String HANDLER = "unsent";
    private static final long MILLIS_BETWEEN_CHECKS = 1000;

    private final Vertx vertx;
    private final ByteBudget unsent;
    private final LeastRate leastRate;
    private final Counter closed;

    /// The connections with unsent bytes, the one that has waited longest first.
    private final Set<UnsentAnswers> waiting = new LinkedHashSet<>();

    Connections(
            Vertx vertx,
            @ConfigProperty(name = "byline.http.unsent-share") double share,
            LeastRate leastRate,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.unsent = new ByteBudget(share);
        this.leastRate = leastRate;
        closed = Counter.builder("byline.connections.closed")
                .description("Connections that were closed because their client did not read its answers")
                .register(metrics);
        Gauge.builder("byline.http.unsent", unsent, ByteBudget::taken)
                .baseUnit("bytes")
                .description("Answers that clients have not read yet")
                .register(metrics);
    }

    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(MILLIS_BETWEEN_CHECKS, timer -> snapshot().forEach(UnsentAnswers::check));
    }

    /// Continues the request, at once or when its client has read the answers before it.
    void admit(RoutingContext context) {
        var channel = channel(context);
        if (!channel.isActive()) {
            return; // it was closed after the client had pipelined this request
        }
        if (channel.pipeline().get(HANDLER) == null) {
            channel.pipeline().addBefore("handler", HANDLER, new UnsentAnswers(this, leastRate));
        }
        var response = context.response();
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                context.next();
            });
        } else {
            context.next();
        }
    }

    /// Closes the request's connection at once and drops the unsent rest of the answer. A close above the handler
    /// of Vert.x would first send that rest, and everything written in the meantime.
    public static void breakOff(RoutingContext context) {
        var belowVertx = channel(context).pipeline().context(HANDLER);
        if (belowVertx != null) { // otherwise it is closed already
            belowVertx.close();
        }
    }

    private static Channel channel(RoutingContext context) {
        return Channels.of(context.request().connection());
    }

    void written(UnsentAnswers connection, long bytes) {
        unsent.take(bytes);
        synchronized (waiting) {
            waiting.add(connection); // keeps its place if it waits already
        }
        long excess = unsent.excess();
        if (excess > 0) {
            closeOldest(excess);
        }
    }

    void sent(UnsentAnswers connection, long bytes) {
        unsent.giveBack(bytes);
        if (connection.bytes() == 0) {
            synchronized (waiting) {
                waiting.remove(connection);
            }
        }
    }

    private void closeOldest(long excess) {
        long given = 0;
        for (var connection : snapshot()) {
            if (given >= excess) {
                return;
            }
            given += connection.bytes();
            close(connection, "the answers that clients do not read fill the memory");
        }
    }

    void close(UnsentAnswers connection, String reason) {
        closed.increment();
        Log.debugf("Closing a connection: %s", reason);
        connection.close();
    }

    private List<UnsentAnswers> snapshot() {
        synchronized (waiting) {
            return List.copyOf(waiting);
        }
    }
}
