package dev.byline.platform.upload;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.BodyReader;
import dev.byline.platform.server.IdleTimeout;
import dev.byline.platform.server.LeastRate;
import dev.byline.platform.server.ProblemResponse;
import io.quarkus.logging.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.apache.commons.codec.digest.DigestUtils;

/// Writes one body to its file, on the event loop of its connection.
final class UploadReceiver {

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final UploadFile file;
    private final IdleTimeout idleTimeout;
    private final long limit;
    private final LeastRate leastRate;
    private final Runnable whenGone;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private long deadline;
    private long progress;
    private long received;
    private long receivedBefore;
    private boolean isOver;
    private boolean hasEnded;
    private Upload upload;

    /// @param limit in bytes
    /// @param whenGone called once, when the file is removed
    UploadReceiver(RoutingContext context, UploadFile file, long limit, LeastRate leastRate, Runnable whenGone) {
        this.context = context;
        this.request = context.request();
        this.file = file;
        this.idleTimeout = new IdleTimeout(request.connection());
        this.limit = limit;
        this.leastRate = leastRate;
        this.whenGone = whenGone;
    }

    /// Continues the request when its body is complete.
    void start(Duration timeout) {
        deadline = context.vertx()
                .setTimer(
                        timeout.toMillis(),
                        late -> refuse(new ProblemException(
                                ProblemType.TIMEOUT,
                                "The body was not there after " + timeout.toSeconds() + " seconds.")));
        progress = context.vertx().setPeriodic(leastRate.window().toMillis(), passed -> refuseTooSlow());
        context.addEndHandler(ended -> leave());
        file.writer().exceptionHandler(failure -> refuse(unavailable(failure)));
        request.exceptionHandler(gone -> discard());
        request.handler(this::receive);
        request.endHandler(complete -> finish());
        BodyReader.invite(context);
        request.resume();
    }

    /// A slow body must not keep one of the few places, which others need.
    private void refuseTooSlow() {
        if (received - receivedBefore < leastRate.bytes()) {
            refuse(new ProblemException(ProblemType.TIMEOUT, "The body arrives with less than " + leastRate + "."));
        }
        receivedBefore = received;
    }

    private void receive(Buffer bytes) {
        received += bytes.length();
        if (isOver) {
            return;
        }
        if (received > limit) {
            refuse(BodyReader.tooLarge(limit));
            return;
        }
        digest.update(bytes.getBytes());
        file.writer().write(bytes);
        if (file.writer().writeQueueFull()) {
            request.pause();
            file.writer().drainHandler(drained -> request.resume());
        }
    }

    private void finish() {
        if (end()) {
            file.writer().close().onComplete(closed -> {
                upload = complete();
                if (hasEnded) {
                    release(upload);
                } else if (closed.failed()) {
                    ProblemResponse.send(context, unavailable(closed.cause()));
                } else {
                    idleTimeout.suspend(); // storing the rows may take longer
                    upload.accompany(context);
                    context.next();
                }
            });
        }
    }

    /// The answer has been sent, or the client has gone.
    private void leave() {
        hasEnded = true;
        idleTimeout.resume();
        if (upload == null) {
            discard();
        } else {
            release(upload);
        }
    }

    private static ProblemException unavailable(Throwable failure) {
        Log.errorf("A body could not be stored: %s", failure);
        return ProblemException.unavailable("The server cannot store the body now", failure);
    }

    private void refuse(ProblemException refusal) {
        if (!isOver) {
            discard();
            ProblemResponse.send(context, refusal);
        }
    }

    private void discard() {
        if (end()) {
            file.writer().close().onComplete(closed -> release(complete()));
        }
    }

    private Upload complete() {
        return new Upload(file.reader(), digest.digest(), whenGone);
    }

    /// Not on the event loop: removing a large file may block on the disk.
    private void release(Upload upload) {
        context.vertx().executeBlocking(Executors.callable(upload::end), false);
    }

    /// @return whether this call ended it: false when it had ended before
    private boolean end() {
        boolean isFirst = !isOver;
        isOver = true;
        context.vertx().cancelTimer(deadline);
        context.vertx().cancelTimer(progress);
        return isFirst;
    }
}
