package dev.byline.platform.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Limits long work that holds many resources: only so many places are taken at a time, and each sender has one at
/// most. So no sender can keep out all others.
public final class Places {

    private final int most;
    private final Set<String> senders = new HashSet<>();

    public Places(int most) {
        this.most = most;
    }

    /// @return empty if the sender has a place already, or all are taken
    public synchronized Optional<Place> take(String sender) {
        return senders.size() < most && senders.add(sender) ? Optional.of(new Place(sender)) : Optional.empty();
    }

    public final class Place {

        private final String sender;
        private boolean isGivenBack;

        private Place(String sender) {
            this.sender = sender;
        }

        /// To be called before the sender can know that the work is done, because they may start the next at once.
        /// A second call has no effect.
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
