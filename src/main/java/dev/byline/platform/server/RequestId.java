package dev.byline.platform.server;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;

/// The id of a request. Clients see it in the answer's `X-Request-Id`, operators in every log line of the request.
/// A client or proxy may choose it: up to 64 letters, digits, dots, dashes and underscores.
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    private static final String KEY = "requestId";
    private static final int LONGEST = 64;

    private RequestId() {}

    public static String of(RoutingContext request) {
        return request.get(KEY);
    }

    /// Gives the request its id, unless it has one already.
    public static void give(RoutingContext request) {
        if (of(request) != null) {
            return;
        }
        var sent = request.request().getHeader(HEADER);
        var id = sent != null && isAcceptable(sent) ? sent : random();
        request.put(KEY, id);
        MDC.put(KEY, id);
        request.response().putHeader(HEADER, id);
    }

    private static boolean isAcceptable(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(RequestId::isAcceptable);
    }

    private static boolean isAcceptable(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    /// It must be unique, not secret, so it needs no secure random number.
    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
