package dev.byline.platform.server;

import dev.byline.platform.framework.RequestBody;
import dev.byline.platform.http.Utf8;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads the body of a request into memory, after access has been checked. The bodies of all requests together may
/// take a share of the heap. A body that does not fit is refused with 503.
@Singleton
public class BodyReader {

    /// After authentication and access (io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities).
    private static final int AFTER_ACCESS = 60;

    /// Bodies up to this size do not count: nearly all are that short, and a connection sends one at a time.
    private static final int SMALL = 1 << 14;

    /// With any other method a body has no meaning (RFC 9110, section 9.3): it is read and discarded.
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final long limit;
    private final Duration deadline;
    private final ByteBudget memory;

    BodyReader(
            @ConfigProperty(name = "byline.http.max-body-size") MemorySize limit,
            @ConfigProperty(name = "byline.http.body-deadline") Duration deadline,
            @ConfigProperty(name = "byline.http.bodies-share") double share,
            MeterRegistry metrics) {
        this.limit = limit.asLongValue();
        this.deadline = deadline;
        memory = new ByteBudget(share);
        Gauge.builder("byline.http.bodies", memory, ByteBudget::taken)
                .baseUnit("bytes")
                .description("Bodies of requests that are kept in memory, without the short ones")
                .register(metrics);
    }

    void install(@Observes Filters filters) {
        filters.register(context -> RequestFilter.onEventLoop(context, () -> enter(context)), AFTER_ACCESS);
    }

    static boolean takesBody(HttpMethod method) {
        return WITH_BODY.contains(method);
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        if (request.isEnded() || !hasBody(request)) {
            context.next();
        } else if (length(request) > limit) {
            ProblemResponse.send(context, tooLarge(limit));
        } else {
            new Body(context).receive(deadline);
        }
    }

    public static ProblemException tooLarge(long limit) {
        return new ProblemException(ProblemType.TOO_LARGE, "The body may have " + limit + " bytes at most.");
    }

    /// @return 0 if the request has no Content-Length
    public static long length(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // the HTTP server has already refused an invalid length
    }

    private static boolean hasBody(HttpServerRequest request) {
        return length(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private final class Body extends IncomingBody {

        private final boolean isKept;
        private Buffer bytes = Buffer.buffer();
        private long taken;

        Body(RoutingContext context) {
            super(context, limit);
            this.isKept = takesBody(context.request().method());
        }

        @Override
        protected void take(Buffer more) {
            if (isKept && !fits()) {
                refuse(ProblemException.unavailable("The bodies of other requests fill the memory", null));
            } else if (isKept) {
                bytes.appendBuffer(more);
            }
        }

        private boolean fits() {
            boolean fits = received() <= SMALL || memory.tryTake(received() - taken);
            taken = fits && received() > SMALL ? received() : taken;
            return fits;
        }

        @Override
        protected void finish() {
            try {
                // The bare type: RequestHead has removed its parameters.
                var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
                // Also set when it is empty: otherwise Quarkus REST would wait for a body.
                RequestBody.set(type != null && type.endsWith("json") ? Utf8.of(bytes) : bytes, context);
            } catch (ProblemException refusal) {
                ProblemResponse.send(context, refusal);
                return;
            }
            context.next();
        }

        @Override
        protected void leave() {
            super.leave();
            bytes = null;
            memory.giveBack(taken);
            taken = 0;
        }
    }
}
