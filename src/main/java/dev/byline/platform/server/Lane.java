package dev.byline.platform.server;

import java.util.LinkedHashSet;

/// Lets so many requests of a kind work at once; the others wait, so many of them, in order.
final class Lane {

    /// What a request has got.
    enum Entry {
        /// It may go on.
        PLACE,
        /// It is told when it may go on.
        WAITS,
        /// So many work and wait already.
        REFUSED
    }

    private final int maxRunning;
    private final int maxWaiting;
    private int running;
    private final LinkedHashSet<Visit> waiting = new LinkedHashSet<>();

    Lane(int maxRunning, int maxWaiting) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
    }

    synchronized Entry enter(Visit visit) {
        if (running < maxRunning) {
            running++;
            return Entry.PLACE;
        }
        return waiting.size() < maxWaiting && waiting.add(visit) ? Entry.WAITS : Entry.REFUSED;
    }

    /// @return whether it has waited until now
    synchronized boolean giveUp(Visit visit) {
        return waiting.remove(visit);
    }

    /// Gives the place of a request that has ended to the next one.
    ///
    /// @return which may go on, or null
    synchronized Visit handOver() {
        if (waiting.isEmpty()) {
            running--;
            return null;
        }
        return waiting.removeFirst();
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
