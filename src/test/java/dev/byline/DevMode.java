package dev.byline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// `./mvnw quarkus:dev` as a developer starts it, on ports of its own and with data of its own.
final class DevMode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path log;
    private final int port = ManagementPort.free();
    private final Process process;

    /// @param folder for its data and its log
    DevMode(Path folder) throws IOException, InterruptedException {
        log = Files.createTempFile(folder, "dev", ".log");
        process = new ProcessBuilder(
                        "./mvnw",
                        "quarkus:dev",
                        "-Dquarkus.console.enabled=false",
                        "-Dquarkus.analytics.disabled=true",
                        "-Ddebug=false",
                        "-Dspotless.check.skip",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.port=" + ManagementPort.free(),
                        "-Dquarkus.embedded.postgresql.port=" + ManagementPort.free(),
                        "-Dquarkus.embedded.postgresql.data.dir=" + folder.resolve("data"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var deadline = Instant.now().plus(PATIENCE);
        while (!log().contains("Listening on:")) {
            assertTrue(process.isAlive() && Instant.now().isBefore(deadline), log());
            Thread.sleep(500);
        }
    }

    private String log() throws IOException {
        return Files.readString(log);
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /// Maven runs the service in a process of its own.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
