package dev.byline.platform.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/// Counts the unsent bytes and the unanswered requests of one connection. Only {@link #check}, {@link #close} and
/// {@link #bytes} may be called outside the connection's event loop.
final class UnsentAnswers extends ChannelDuplexHandler {

    /// The most unanswered requests that a client may pipeline. No real client sends more.
    private static final int MAX_REQUESTS = 16;

    /// Writes of fewer bytes are not counted: a connection has few of them.
    private static final int SMALL = 1024;

    private final Connections connections;
    private final LeastRate leastRate;

    private ChannelHandlerContext channel;
    private int requests = 1; // the request for which this handler was added
    private boolean isClosed;
    private volatile long unsent;

    private long windowStart;
    private long writtenInWindow;

    UnsentAnswers(Connections connections, LeastRate leastRate) {
        this.connections = connections;
        this.leastRate = leastRate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext channel) {
        this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
        if (message instanceof HttpRequest && ++requests > MAX_REQUESTS && !isClosed) {
            isClosed = true;
            channel.close();
        }
        if (isClosed) {
            ReferenceCountUtil.release(message);
        } else {
            channel.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) {
        requests -= endsAnAnswer(message) ? 1 : 0;
        long bytes = bytes(message);
        if (bytes < SMALL) {
            channel.write(message, promise);
            return;
        }
        if (unsent == 0) {
            windowStart = System.nanoTime();
            writtenInWindow = 0;
        }
        unsent += bytes;
        writtenInWindow += bytes;
        channel.write(message, promise.unvoid().addListener(sent -> sent(bytes)));
        connections.written(this, bytes);
    }

    private void sent(long bytes) {
        unsent -= bytes;
        connections.sent(this, bytes);
    }

    /// Closes the connection if its client reads too slowly.
    void check() {
        channel.executor().execute(() -> {
            var elapsed = Duration.ofNanos(System.nanoTime() - windowStart);
            if (unsent == 0 || elapsed.compareTo(leastRate.window()) < 0) {
                return;
            }
            long left = leftInQueue();
            if (writtenInWindow - left < leastRate.bytes()) {
                connections.close(this, "its client reads too slowly");
            } else {
                windowStart = System.nanoTime();
                writtenInWindow = left;
            }
        });
    }

    /// The exact number of bytes. {@link #unsent} counts a write in full until its last byte is sent.
    private long leftInQueue() {
        var queue = channel.channel().unsafe().outboundBuffer();
        var left = new long[1];
        if (queue != null) {
            try {
                queue.forEachFlushedMessage(message -> {
                    left[0] += bytes(message);
                    return true;
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return left[0];
    }

    /// The unsent bytes. Other threads may see a slightly older value.
    long bytes() {
        return unsent;
    }

    void close() {
        channel.close();
    }

    private static boolean endsAnAnswer(Object message) {
        boolean isInterim = message instanceof HttpResponse head
                && HttpStatusClass.INFORMATIONAL.contains(head.status().code());
        return message instanceof LastHttpContent && !isInterim;
    }

    private static long bytes(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            default -> 0;
        };
    }
}
