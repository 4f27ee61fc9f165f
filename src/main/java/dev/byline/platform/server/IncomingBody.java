package dev.byline.platform.server;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/// A body that is being received on the event loop of its connection, up to a size limit and a deadline. So a slow
/// client blocks no thread.
public abstract class IncomingBody {

    protected final RoutingContext context;
    private final long limit;
    private long received;
    private long timer;
    private boolean isOver;

    /// @param limit in bytes
    protected IncomingBody(RoutingContext context, long limit) {
        this.context = context;
        this.limit = limit;
    }

    /// Invites the client to send the body if it waits for that (RFC 9110, section 10.1.1), and receives it.
    public void receive(Duration deadline) {
        var request = context.request();
        var late = "The body was not there after " + deadline.toSeconds() + " seconds.";
        timer = context.vertx()
                .setTimer(deadline.toMillis(), now -> refuse(new ProblemException(ProblemType.TIMEOUT, late)));
        context.addEndHandler(ended -> leave());
        request.exceptionHandler(unreadable -> {
            if (end()) {
                discard();
                context.fail(400, unreadable);
            }
        });
        request.handler(this::receive);
        request.endHandler(complete -> {
            if (end()) {
                finish();
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void receive(Buffer bytes) {
        received += bytes.length();
        if (isOver) {
            return;
        }
        if (received > limit) {
            refuse(BodyReader.tooLarge(limit));
        } else {
            take(bytes);
        }
    }

    /// In bytes.
    protected long received() {
        return received;
    }

    /// Takes a part of the body.
    protected abstract void take(Buffer bytes);

    /// The body is complete.
    protected abstract void finish();

    /// The body is refused, cannot be read, or its client has gone.
    protected void discard() {}

    /// The answer has been sent, or the client has gone.
    protected void leave() {
        if (end()) {
            discard();
        }
    }

    protected void refuse(ProblemException refusal) {
        if (end()) {
            discard();
            ProblemResponse.send(context, refusal);
        }
    }

    /// @return whether this call ended it: false when it had ended before
    protected boolean end() {
        boolean isFirst = !isOver;
        isOver = true;
        context.vertx().cancelTimer(timer);
        return isFirst;
    }
}
