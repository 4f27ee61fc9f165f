package dev.byline.platform.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Limits long work that holds many resources: only so many places are taken at a time, and each sender has one at
/// most. So no sender can keep out all others.
public final class Places {

    private final int most;
    private final Map<String, Place> taken = new HashMap<>();

    public Places(int most) {
        this.most = most;
    }

    /// @return empty if the sender has a place already, or all are taken
    public synchronized Optional<Place> take(String sender) {
        var place = new Place(sender);
        return taken.size() < most && taken.putIfAbsent(sender, place) == null ? Optional.of(place) : Optional.empty();
    }

    public final class Place {

        private final String sender;

        private Place(String sender) {
            this.sender = sender;
        }

        /// To be called before the sender can know that the work is done, because they may start the next at once.
        /// A second call has no effect.
        public void giveBack() {
            synchronized (Places.this) {
                taken.remove(sender, this);
            }
        }
    }
}
