package dev.byline.platform.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Work that holds much for long, of which only so much may be under way: one piece for each sender, so that nobody
/// keeps all others out.
public final class Places {

    private final int most;
    private final Set<String> senders = new HashSet<>();

    public Places(int most) {
        this.most = most;
    }

    /// @return empty where the sender has one, or all are taken
    public synchronized Optional<Place> take(String sender) {
        return senders.size() < most && senders.add(sender) ? Optional.of(new Place(sender)) : Optional.empty();
    }

    /// That of one sender.
    public final class Place {

        private final String sender;
        private boolean isGivenBack;

        private Place(String sender) {
            this.sender = sender;
        }

        /// Before the sender can know that the work is done: they may have more of it. A second time changes nothing.
        public void giveBack() {
            synchronized (Places.this) {
                if (!isGivenBack) {
                    isGivenBack = true;
                    senders.remove(sender);
                }
            }
        }
    }
}
