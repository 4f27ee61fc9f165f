package dev.byline.http;

import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What every request meets first, whatever its route. Its body is read here, on the event loop, up to the limit and
/// until a deadline: a client that sends slowly keeps no worker thread from the others.
@Singleton
public class Edge {

    /// The priority of what comes after this filter.
    static final int AFTER_BODY = Integer.MAX_VALUE - 2;

    private static final int FIRST = Integer.MAX_VALUE;
    private static final int WITH_BODY = FIRST - 1;

    private static final String TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
    private static final String MEDIA_TYPE =
            TOKEN + "/" + TOKEN + "\\s*(;\\s*" + TOKEN + "=(" + TOKEN + "|\"[^\"]*\")\\s*)*";
    private static final Pattern TYPE = Pattern.compile(MEDIA_TYPE);
    private static final Pattern TYPES = Pattern.compile("\\s*" + MEDIA_TYPE + "(,\\s*" + MEDIA_TYPE + ")*");

    private final BodyHandler body;
    private final Duration deadline;
    private final Uploads uploads;

    Edge(
            @ConfigProperty(name = "byline.http.max-body-size") MemorySize limit,
            @ConfigProperty(name = "byline.http.body-deadline") Duration deadline,
            Uploads uploads) {
        this.deadline = deadline;
        this.uploads = uploads;
        body = BodyHandler.create(false).setBodyLimit(limit.asLongValue());
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        filters.register(this::goOn, WITH_BODY);
    }

    private void enter(RoutingContext context) {
        RequestId.give(context);
        var request = context.request();
        forgetWhatIsNoAccept(request);
        var coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            // Where a body that is coded so ends is what two servers could disagree on.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            ProblemAnswer.send(
                    context, new ProblemException(ProblemType.MALFORMED, "The only Transfer-Encoding is chunked."));
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            var refusal = new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding");
            ProblemAnswer.send(context, refusal.with("Accept-Encoding", "identity"));
        } else if (!namesItsType(request)) {
            var refusal = new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send one Content-Type, such as application/json");
            ProblemAnswer.send(context, refusal);
        } else if (uploads.receives(request)) {
            request.pause(); // until it is known who sends it
            context.next();
        } else if (hasBody(request)) {
            readBody(context);
        } else {
            context.next();
        }
    }

    private void readBody(RoutingContext context) {
        long timer = context.vertx().setTimer(deadline.toMillis(), late -> giveUp(context));
        context.addEndHandler(end -> context.vertx().cancelTimer(timer));
        body.handle(context);
        // Such as chunks that are none.
        context.request().exceptionHandler(unreadable -> context.fail(400, unreadable));
    }

    private void giveUp(RoutingContext context) {
        if (!context.request().isEnded() && !context.response().ended()) {
            var detail = "The body was not there after " + deadline.toSeconds() + " seconds.";
            ProblemAnswer.send(context, new ProblemException(ProblemType.TIMEOUT, detail));
        }
    }

    private void goOn(RoutingContext context) {
        if (context.response().ended()) {
            return; // the body came after all, but its client has been told otherwise
        }
        if (context.request().isEnded() && context.body().buffer() == null) {
            // Chunks without a byte leave none, and Quarkus REST would wait for one.
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }

    /// An `Accept` that is no list of media types is taken as none, as RFC 9110 allows; Quarkus REST fails on it.
    private static void forgetWhatIsNoAccept(HttpServerRequest request) {
        var accepted = request.headers().getAll(HttpHeaders.ACCEPT);
        if (!accepted.stream().allMatch(types -> TYPES.matcher(types).matches())) {
            request.headers().remove(HttpHeaders.ACCEPT);
        }
    }

    /// Where several methods of a resource differ by their media types, Quarkus REST fails on what is none.
    private static boolean namesItsType(HttpServerRequest request) {
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        return types.isEmpty()
                || types.size() == 1 && TYPE.matcher(types.getFirst()).matches();
    }

    private static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return !request.isEnded()
                && !"0".equals(length)
                && (length != null || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }
}
