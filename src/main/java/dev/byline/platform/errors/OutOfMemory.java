package dev.byline.platform.errors;

import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;

/// A process that has run out of memory cannot be trusted to go on, with its health checks either: it ends, and what
/// supervises it starts another one. The images have the JVM do this (`-XX:+ExitOnOutOfMemoryError`); this is for those
/// who start the package themselves.
final class OutOfMemory {

    /// As the JVM itself ends.
    private static final int EXIT_STATUS = 3;

    private OutOfMemory() {}

    static void endProcess(Throwable failure) {
        if (Causes.find(failure, OutOfMemoryError.class).isPresent()) {
            Log.fatal("Out of memory: the process ends. Give it a larger heap (-Xmx).");
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
