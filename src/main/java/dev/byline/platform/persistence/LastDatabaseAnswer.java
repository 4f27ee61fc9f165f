package dev.byline.platform.persistence;

import jakarta.inject.Singleton;
import java.time.Duration;

/// When the database last served a request.
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
