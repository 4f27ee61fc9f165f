package dev.byline.http;

import java.util.HashSet;
import java.util.Set;

/// Work that holds much for long, of which only so much may be under way: one piece for each sender, so that nobody
/// keeps all others out.
final class Places {

    private final int most;
    private final Set<String> senders = new HashSet<>();

    Places(int most) {
        this.most = most;
    }

    /// @return whether the sender has got a place
    synchronized boolean take(String sender) {
        return senders.size() < most && senders.add(sender);
    }

    synchronized void giveBack(String sender) {
        senders.remove(sender);
    }
}
