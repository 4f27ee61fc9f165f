package dev.byline.platform.database;

import dev.byline.platform.health.Warnings;
import java.time.Duration;
import java.time.Instant;

/// The clock of the database should be that of this process, by which tokens are judged.
final class ServerClock {

    private static final Duration MAX_DIFFERENCE = Duration.ofSeconds(30);

    private ServerClock() {}

    static void check(Instant there, Warnings warnings) {
        long seconds = Duration.between(there, Instant.now()).toSeconds();
        if (Math.abs(seconds) <= MAX_DIFFERENCE.toSeconds()) {
            warnings.remove("clock");
        } else {
            warnings.add(
                    "clock",
                    "The clocks of this machine and of the database differ, so tokens may be refused as expired, or be accepted for too long. Set both clocks (NTP).",
                    "this one is %d s %s".formatted(Math.abs(seconds), seconds > 0 ? "ahead" : "behind"));
        }
    }
}
