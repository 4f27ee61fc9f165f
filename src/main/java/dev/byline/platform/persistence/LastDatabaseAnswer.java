package dev.byline.platform.persistence;

import jakarta.inject.Singleton;
import java.time.Duration;

/// When the primary last answered a request or the probe of the replica package.
@Singleton
public class LastDatabaseAnswer {

    private volatile long last = System.nanoTime() - Duration.ofDays(1).toNanos();

    public void beat() {
        last = System.nanoTime();
    }

    boolean isFresh(Duration age) {
        return System.nanoTime() - last < age.toNanos();
    }
}
