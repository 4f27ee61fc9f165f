package dev.byline.platform.server;

import java.util.concurrent.atomic.AtomicLong;

/// The number of bytes that the requests of all clients together may take.
final class ByteBudget {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /// @param share of the largest heap that this process may have
    ByteBudget(double share) {
        limit = (long) (Runtime.getRuntime().maxMemory() * share);
    }

    long taken() {
        return taken.get();
    }

    /// Takes the bytes if the limit allows it.
    boolean tryTake(long bytes) {
        boolean fits = taken.addAndGet(bytes) <= limit;
        if (!fits) {
            giveBack(bytes);
        }
        return fits;
    }

    /// Takes the bytes even beyond the limit: they are in memory already.
    void take(long bytes) {
        taken.addAndGet(bytes);
    }

    /// The number of bytes beyond the limit, negative if there are none.
    long excess() {
        return taken.get() - limit;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
