package dev.byline.platform.framework;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/// Gives Quarkus REST a body that has already been read. The body handler of Quarkus REST would read it before the
/// sender is checked. This class can be removed when an application can replace that handler.
public final class RequestBody {

    private RequestBody() {}

    public static void set(Buffer body, RoutingContext request) {
        ((RoutingContextInternal) request).setBody(body);
    }
}
