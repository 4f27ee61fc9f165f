package dev.byline.platform.errors;

import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;

/// A process that has run out of memory is no longer reliable, and neither are its health checks. So it ends, and
/// its supervisor starts another one. In the images, the JVM does this (`-XX:+ExitOnOutOfMemoryError`). This class
/// does it for those who start the package themselves.
final class OutOfMemory {

    /// The exit status of the JVM itself.
    private static final int EXIT_STATUS = 3;

    private OutOfMemory() {}

    static void endProcess(Throwable failure) {
        if (Causes.find(failure, OutOfMemoryError.class).isPresent()) {
            Log.fatal("Out of memory: the process ends. Give it a larger heap (-Xmx).");
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
