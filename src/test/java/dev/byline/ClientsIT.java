package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Runs the `check` of every client against one service: each compiles the client with its own tools and calls the
/// service with it. A check runs in a copy of its folder, so it may install and generate there what it wants.
///
/// Its environment: `BYLINE_URL`, `BYLINE_TOKEN` (an admin's), `BYLINE_OPENAPI` (the path of the OpenAPI document
/// in YAML).
@EnabledIfSystemProperty(named = "clients", matches = ".*", disabledReason = "needs -Dclients")
class ClientsIT {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// Those that are shipped as examples, and those that are only tests.
    private static final List<Path> CLIENTS = List.of(Path.of("src/clients"), Path.of("src/test/clients"));

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private static Service service;
    private static Path document;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(isInstalled("npm"), "SKIPPED: no client was checked, because npm is not installed.");
        postgres = new Postgres(folder);
        service = new Service(folder, postgres.url(), Map.of());
        service.await("/q/health/ready", 200);
        document = Files.writeString(
                folder.resolve("openapi.yaml"),
                service.get("/q/openapi?format=yaml").body());
    }

    @AfterAll
    static void end() throws IOException {
        if (service != null) {
            service.close();
            postgres.close();
        }
    }

    @TestFactory
    List<DynamicTest> worksWithTheService() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var parent : CLIENTS.stream().filter(Files::isDirectory).toList()) {
            try (var clients = Files.list(parent)) {
                clients.filter(client -> Files.exists(client.resolve("check")))
                        .map(client -> DynamicTest.dynamicTest(client.toString(), () -> check(client)))
                        .forEach(tests::add);
            }
        }
        assertFalse(tests.isEmpty(), "there is no client to check");
        return tests;
    }

    private static void check(Path client) throws IOException, InterruptedException {
        var copy = Files.createTempDirectory(folder, client.getFileName().toString());
        var output = folder.resolve(copy.getFileName() + ".log");
        assertEquals(
                0,
                new ProcessBuilder("cp", "-R", client + "/.", copy.toString())
                        .start()
                        .waitFor());
        var check = new ProcessBuilder("./check")
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        check.environment().put("BYLINE_URL", service.uri("").toString());
        check.environment().put("BYLINE_TOKEN", Tokens.admin());
        check.environment().put("BYLINE_OPENAPI", document.toString());
        var process = check.start();
        try {
            boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            assertTrue(ended, () -> client + " still runs after " + LONGEST + ":\n" + read(output));
            assertEquals(0, process.exitValue(), () -> client + " fails:\n" + read(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
