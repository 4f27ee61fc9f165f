package dev.byline.platform.framework;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// The Netty channel of a connection, for handlers of bytes that are on their way to the client. Vert.x has no way to
/// them: it could go if Vert.x told how many bytes a connection has not sent, and let an idle timeout be suspended.
public final class Channels {

    private Channels() {}

    public static Channel of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }
}
