package dev.byline.platform.server;

import dev.byline.platform.framework.Channels;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/// The idle timeout of one connection, used on its event loop. Vert.x closes a connection that has had no traffic
/// for that long, even while a request is being processed. Vert.x has no way to suspend this.
public final class IdleTimeout {

    private static final String NAME = "idle";

    private final ChannelPipeline handlers;
    private IdleStateHandler suspended;

    public IdleTimeout(HttpConnection connection) {
        handlers = Channels.of(connection).pipeline();
    }

    public void suspend() {
        suspended = handlers.get(IdleStateHandler.class);
        if (suspended != null) {
            handlers.replace(suspended, NAME, new IdleStateHandler(0, 0, 0));
        }
    }

    /// The timeout starts again from now.
    public void resume() {
        if (suspended != null && handlers.get(NAME) != null) {
            var again = new IdleStateHandler(
                    suspended.getReaderIdleTimeInMillis(),
                    suspended.getWriterIdleTimeInMillis(),
                    suspended.getAllIdleTimeInMillis(),
                    TimeUnit.MILLISECONDS);
            handlers.replace(NAME, NAME, again);
            suspended = null;
        }
    }
}
