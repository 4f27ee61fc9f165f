package dev.byline.platform.server;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How fast a client must send an import, or read an answer, at least: while it does, it holds what others could use.
@Singleton
public final class LeastRate {

    private final long bytesPerSecond;
    private final Duration window;

    LeastRate(
            @ConfigProperty(name = "byline.http.least-rate") MemorySize bytesPerSecond,
            @ConfigProperty(name = "byline.http.least-rate-window") Duration window) {
        this.bytesPerSecond = bytesPerSecond.asLongValue();
        this.window = window;
    }

    /// The time over which the rate is measured.
    public Duration window() {
        return window;
    }

    /// The least number of bytes in a window.
    public long bytes() {
        return bytesPerSecond * window.toMillis() / 1000;
    }

    @Override
    public String toString() {
        return bytesPerSecond + " bytes a second over " + window.toSeconds() + " seconds";
    }
}
