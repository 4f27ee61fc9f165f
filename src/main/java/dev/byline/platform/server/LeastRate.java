package dev.byline.platform.server;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The lowest rate at which a client may send an import or read an answer, as it holds resources meanwhile.
///
/// @param window the time over which the rate is measured
@Singleton
public record LeastRate(
        @ConfigProperty(name = "byline.http.least-rate") MemorySize bytesPerSecond,

        @ConfigProperty(name = "byline.http.least-rate-window")
        Duration window) {

    /// The lowest number of bytes in a window.
    public long bytes() {
        return bytesPerSecond.asLongValue() * window.toMillis() / 1000;
    }

    @Override
    public String toString() {
        return bytesPerSecond.asLongValue() + " bytes a second over " + window.toSeconds() + " seconds";
    }
}
