package dev.byline.platform.upload;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.IdleTimeout;
import dev.byline.platform.server.IncomingBody;
import dev.byline.platform.server.LeastRate;
import dev.byline.platform.server.ProblemResponse;
import io.quarkus.logging.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Executors;

/// Writes one body to its file.
final class UploadReceiver extends IncomingBody {

    private final UploadFile file;
    private final IdleTimeout idleTimeout;
    private final LeastRate leastRate;
    private final Runnable whenGone;
    private long progress;
    private long receivedBefore;
    private boolean hasEnded;
    private Throwable failure;
    private Upload upload;

    /// @param limit in bytes
    /// @param whenGone called once, when the file is removed
    UploadReceiver(RoutingContext context, UploadFile file, long limit, LeastRate leastRate, Runnable whenGone) {
        super(context, limit);
        this.file = file;
        this.idleTimeout = new IdleTimeout(context.request().connection());
        this.leastRate = leastRate;
        this.whenGone = whenGone;
    }

    /// Continues the request when its body is complete.
    @Override
    public void receive(Duration timeout) {
        progress = context.vertx().setPeriodic(leastRate.window().toMillis(), passed -> refuseTooSlow());
        super.receive(timeout);
    }

    /// A slow body must not keep one of the few places, which others need.
    private void refuseTooSlow() {
        if (received() - receivedBefore < leastRate.bytes()) {
            refuse(new ProblemException(ProblemType.TIMEOUT, "The body arrives with less than " + leastRate + "."));
        }
        receivedBefore = received();
    }

    @Override
    protected void take(Buffer bytes) {
        file.writer().write(bytes).onFailure(this::noteFailure);
        if (file.writer().writeQueueFull()) {
            context.request().pause();
            file.writer().drainHandler(drained -> context.request().resume());
        }
    }

    /// The disk may be full. It may turn out after the last byte has arrived: then {@link #finish} answers.
    private void noteFailure(Throwable writing) {
        failure = writing;
        refuse(unavailable(writing));
    }

    @Override
    protected void finish() {
        file.writer().close().onComplete(closed -> {
            upload = complete();
            if (hasEnded) {
                release(upload);
            } else if (closed.failed() || failure != null) {
                ProblemResponse.send(context, unavailable(failure == null ? closed.cause() : failure));
            } else {
                idleTimeout.suspend(); // storing the rows may take longer
                upload.accompany(context);
                context.next();
            }
        });
    }

    @Override
    protected void leave() {
        super.leave();
        hasEnded = true;
        idleTimeout.resume();
        if (upload != null) {
            release(upload);
        }
    }

    private static ProblemException unavailable(Throwable failure) {
        Log.errorf("A body could not be stored: %s", failure);
        return ProblemException.unavailable("The server cannot store the body now", failure);
    }

    @Override
    protected void discard() {
        file.writer().close().onComplete(closed -> release(complete()));
    }

    private Upload complete() {
        return new Upload(file.reader(), whenGone);
    }

    /// Not on the event loop: removing a large file may block on the disk.
    private void release(Upload upload) {
        context.vertx().executeBlocking(Executors.callable(upload::end), false);
    }

    @Override
    protected boolean end() {
        context.vertx().cancelTimer(progress);
        return super.end();
    }
}
