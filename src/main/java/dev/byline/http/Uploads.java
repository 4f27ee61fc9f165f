package dev.byline.http;

import dev.byline.problem.ProblemException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Receives the bodies that may have any number of rows. They go to a file first, on the event loop and with its
/// backpressure: however slowly a client sends, no thread, no connection and no transaction waits for it, and the
/// whole can be done again after a conflict. Only so many are under way at a time, since each takes room on the disk.
@Singleton
public class Uploads {

    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";

    /// What the media type of a body becomes that is a JSON array: so one row and many each have a method of their own.
    public static final String JSON_ARRAY = "application/vnd.byline.rows+json";

    /// After sign-in: what a stranger sends is not stored.
    private static final int AFTER_SIGN_IN = 50;

    private final Vertx vertx;
    private final Routes routes;
    private final long limit;
    private final Duration timeout;
    private final Path folder;
    private final Semaphore places;

    Uploads(
            Vertx vertx,
            Routes routes,
            @ConfigProperty(name = "byline.bulk.max-body-size") MemorySize limit,
            @ConfigProperty(name = "byline.bulk.timeout") Duration timeout,
            @ConfigProperty(name = "byline.bulk.max-concurrent") int places,
            @ConfigProperty(name = "byline.bulk.folder") Path folder) {
        this.vertx = vertx;
        this.routes = routes;
        this.limit = limit.asLongValue();
        this.timeout = timeout;
        this.folder = folder;
        this.places = new Semaphore(places);
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, AFTER_SIGN_IN);
    }

    /// Whether the request's body is received here: it has any number of rows, and is sent to where they are taken.
    boolean receives(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST)
                && Set.of(NDJSON, CSV).contains(mediaType(request))
                && routes.allowed(request.path()).contains("POST");
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        if (isArray(context)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, JSON_ARRAY);
            context.next();
        } else if (!receives(request)) {
            context.next();
        } else if (contentLength(request) > limit) {
            ProblemAnswer.send(context, Reception.tooLarge(limit));
        } else if (!places.tryAcquire()) {
            ProblemAnswer.send(
                    context,
                    ProblemException.unavailable("As many imports as the server takes at once are at work", null));
        } else {
            request.pause();
            vertx.executeBlocking(() -> UploadFile.create(vertx, folder))
                    .onSuccess(file -> new Reception(context, file, limit, places::release).start(timeout))
                    .onFailure(failure -> {
                        places.release();
                        context.fail(failure);
                    });
        }
    }

    private static boolean isArray(RoutingContext context) {
        var request = context.request();
        return request.method().equals(HttpMethod.POST)
                && mediaType(request).equals("application/json")
                && startsWithBracket(context.body().buffer());
    }

    private static boolean startsWithBracket(Buffer json) {
        for (int i = 0; json != null && i < json.length(); i++) {
            if (!Character.isWhitespace(json.getByte(i))) {
                return json.getByte(i) == '[';
            }
        }
        return false;
    }

    /// @return empty where there is none
    private static String mediaType(HttpServerRequest request) {
        var type = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "");
        return type.replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT);
    }

    private static long contentLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }
}
