package dev.byline.platform.upload;

import dev.byline.platform.health.Warnings;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.server.BodyReader;
import dev.byline.platform.server.LeastRate;
import dev.byline.platform.server.Places;
import dev.byline.platform.server.Places.Place;
import dev.byline.platform.server.ProblemResponse;
import dev.byline.platform.server.RequestFilter;
import dev.byline.platform.server.Route;
import dev.byline.platform.server.Sender;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Receives the bodies that may have any number of rows. The event loop first writes them to a file, with
/// backpressure. So however slowly a client sends, no thread, connection or transaction waits for it, and the
/// whole write can be retried after a conflict. The number of uploads at a time is limited: each takes disk space.
@Singleton
public class Uploads {

    /// After access has been checked, and before the other bodies are read.
    private static final int BEFORE_BODIES = 65;

    private static final String PART = "folder of imports";
    private static final int TRIES = 20;
    private static final long MILLIS_BETWEEN_TRIES = 50;

    private final Vertx vertx;
    private final Sender sender;
    private final long limit;
    private final Duration timeout;
    private final LeastRate leastRate;
    private final Path folder;
    private final Places places;
    private final int most;
    private final Semaphore room;
    private final Warnings warnings;

    Uploads(
            Vertx vertx,
            Sender sender,
            @ConfigProperty(name = "byline.bulk.max-body-size") MemorySize limit,
            @ConfigProperty(name = "byline.bulk.timeout") Duration timeout,
            LeastRate leastRate,
            @ConfigProperty(name = "byline.bulk.max-concurrent") int places,
            @ConfigProperty(name = "byline.bulk.folder") Path folder,
            Warnings warnings) {
        this.vertx = vertx;
        this.sender = sender;
        this.limit = limit.asLongValue();
        this.timeout = timeout;
        this.leastRate = leastRate;
        this.folder = folder;
        this.places = new Places(places);
        this.most = places;
        this.room = new Semaphore(places);
        this.warnings = warnings;
    }

    void install(@Observes Filters filters) {
        filters.register(context -> RequestFilter.onEventLoop(context, () -> enter(context)), BEFORE_BODIES);
    }

    /// Warns if the folder has no space for as many bodies as may come. What is being received is not measured.
    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void measureSpace() throws IOException {
        if (!Files.isWritable(folder)) {
            warnings.add(
                    PART,
                    "Imports fail: this process cannot write to BYLINE_BULK_FOLDER. Set it to a folder where it can.");
        } else if (Files.getFileStore(folder).getUsableSpace() >= most * limit) {
            warnings.remove(PART);
        } else if (room.availablePermits() == most) {
            warnings.add(
                    PART,
                    "Imports may fail: BYLINE_BULK_FOLDER has less space than BYLINE_BULK_MAX_CONCURRENT bodies of BYLINE_BULK_MAX_BODY_SIZE. Free space there, set another folder, or lower these limits.");
        }
    }

    /// Whether the request's body is received here: its type allows any number of rows, and the route accepts it.
    private boolean receives(RoutingContext context) {
        // The bare type: RequestHead has removed its parameters.
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return MediaTypes.hasRows(type)
                && Route.of(context)
                        .filter(route -> route.consumes().contains(type))
                        .isPresent();
    }

    private void enter(RoutingContext context) {
        var request = context.request();
        if (!receives(context)) {
            context.next();
        } else if (BodyReader.length(request) > limit) {
            ProblemResponse.send(context, BodyReader.tooLarge(limit));
        } else {
            receive(context, sender.name(context), TRIES);
        }
    }

    /// Waits up to a second for a place. The file of a body is removed after its answer, so a client that sends
    /// the next body at once may have to wait for that.
    private void receive(RoutingContext context, String name, int tries) {
        if (context.response().closed()) {
            return; // the client has gone
        }
        var place = places.take(name);
        if (place.isPresent() && room.tryAcquire()) {
            receive(context, place.get());
            return;
        }
        place.ifPresent(Place::giveBack);
        if (tries > 1) {
            vertx.setTimer(MILLIS_BETWEEN_TRIES, timer -> receive(context, name, tries - 1));
        } else {
            var detail = "An import of yours, or as many of others as the server takes at once, is at work";
            ProblemResponse.send(context, ProblemException.unavailable(detail, null));
        }
    }

    private void receive(RoutingContext context, Place place) {
        context.addHeadersEndHandler(answered -> place.giveBack());
        context.addEndHandler(gone -> place.giveBack());
        vertx.executeBlocking(() -> {
                    sender.mustBeAllowedToImport(context); // a body without permission is not stored
                    return UploadFile.create(vertx, folder);
                })
                .onSuccess(file -> new UploadReceiver(context, file, limit, leastRate, room::release).receive(timeout))
                .onFailure(failure -> {
                    room.release();
                    context.fail(failure);
                });
    }
}
