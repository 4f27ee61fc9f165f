package dev.byline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hamcrest.Matcher;

/// The package as a running process, on a port of its own, for tests of how it starts, fails, recovers and stops.
final class Service implements AutoCloseable {

    static final String JSON = "application/json";
    static final String READY = "/q/health/ready";
    static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path log;
    private final int port = ManagementPort.free();
    private final int managementPort = ManagementPort.free();
    private final Process process;

    /// @param folder where it leaves its log
    Service(Path folder, String jdbcUrl, Map<String, String> settings) throws IOException {
        this(folder, jdbcUrl, settings, List.of());
    }

    /// @param arguments of the virtual machine, which the native executable has, too
    Service(Path folder, String jdbcUrl, Map<String, String> settings, List<String> arguments) throws IOException {
        this(folder, jdbcUrl, settings, arguments, List.of());
    }

    /// @param launcher a command that becomes the process, whose command line follows it
    Service(Path folder, String jdbcUrl, Map<String, String> settings, List<String> arguments, List<String> launcher)
            throws IOException {
        log = Files.createTempFile(folder, "service", ".log");
        var environment = new HashMap<>(Tokens.environment());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl);
        environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        environment.putAll(settings);
        process = Packaged.start(environment, launcher, arguments, log.toFile());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, JSON, BodyPublishers.ofString(json));
    }

    /// Speaks as an admin.
    HttpResponse<String> send(String method, String path, String mediaType, BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", mediaType)
                        .header("Authorization", "Bearer " + Tokens.admin())
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
    }

    /// Sends JSON with this token.
    HttpResponse<String> as(String token, String method, String path, String json)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", JSON)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    }

    URI uri(String path) {
        boolean forOperators = path.startsWith("/q/health") || path.startsWith("/q/metrics");
        return URI.create("http://localhost:" + (forOperators ? managementPort : port) + path);
    }

    /// Waits until the path answers with the status.
    void await(String path, int status) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        var answered = 0;
        while (answered != status) {
            assertTrue(Instant.now().isBefore(deadline), path + " answers " + answered + ": " + log());
            Thread.sleep(100);
            try {
                answered = get(path).statusCode();
            } catch (IOException notListening) {
                answered = 0;
            }
        }
    }

    /// Waits until the service, which is ready, says so.
    void awaitReadiness(Matcher<String> body) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        for (var answer = get(READY); !body.matches(answer.body()); answer = get(READY)) {
            assertTrue(Instant.now().isBefore(deadline), answer.body());
            Thread.sleep(200);
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    String errors() throws IOException {
        return log().lines().filter(line -> line.contains("\"ERROR\"")).limit(2).collect(Collectors.joining("\n"));
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// Waits for the end of the process.
    int exitStatus() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }
}
