package dev.byline.platform.errors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The memory of the container. If the heap does not fit into it, the kernel kills the process as soon as the heap
/// has grown, and no log says why.
public final class MemoryLimit {

    private static final int BITS_OF_MEGABYTE = 20;

    private MemoryLimit() {}

    /// @return why the process must not start. Empty if its heap fits
    public static Optional<String> exceeded() {
        long heap = Runtime.getRuntime().maxMemory();
        return Stream.of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes") // version 2, 1
                .map(MemoryLimit::read)
                .filter(limit -> limit <= heap)
                .findFirst()
                .map(limit ->
                        "The heap may take %d MB, but the container only %d MB. Lower -Xmx, or raise the memory limit of the container."
                                .formatted(heap >> BITS_OF_MEGABYTE, limit >> BITS_OF_MEGABYTE));
    }

    private static long read(String file) {
        try {
            return Long.parseLong(Files.readString(Path.of(file)).strip());
        } catch (IOException | NumberFormatException unlimited) {
            return Long.MAX_VALUE;
        }
    }
}
