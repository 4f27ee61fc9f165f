package dev.byline.platform.framework;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// The Netty channel of a connection, for handlers of outgoing bytes. Vert.x has no API for them. This class can
/// be removed when Vert.x reports how many bytes a connection has not sent, and can suspend an idle timeout.
public final class Channels {

    private Channels() {}

    public static Channel of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel();
    }
}
