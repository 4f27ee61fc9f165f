package dev.byline.platform.server;

import java.util.LinkedHashSet;

/// Limits how many requests of one kind run at once. A limited number of others wait, in order.
final class Lane {

    enum Entry {
        PLACE,
        WAITS,
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

    /// @return whether it was waiting
    synchronized boolean giveUp(Visit visit) {
        return waiting.remove(visit);
    }

    /// Passes the place of a request that has ended to the next one.
    ///
    /// @return the request that may continue, or null if none waits
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
