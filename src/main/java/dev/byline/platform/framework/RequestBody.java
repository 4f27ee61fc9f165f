package dev.byline.platform.framework;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/// Hands Quarkus REST a body that has been read before it. It could go if a route of one's own could be the body
/// handler
/// of Quarkus REST, which has its own and reads before anybody has looked at who sends.
public final class RequestBody {

    private RequestBody() {}

    public static void set(Buffer body, RoutingContext request) {
        ((RoutingContextInternal) request).setBody(body);
    }
}
