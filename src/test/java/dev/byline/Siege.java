package dev.byline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The package with the heap of its image, under attack while others want to work with it.
final class Siege implements AutoCloseable {

    /// What docker/Dockerfile and a pod give the native executable, and compose.yaml the JVM. A process that has no
    /// memory left must end: one that goes on without the thread that failed is worse.
    private static final List<String> ARGUMENTS = Packaged.isNative()
            ? List.of("-Xmx128m", "-Xmn8m", "-XX:+ExitOnOutOfMemoryError")
            : List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    /// The memory of their containers in MB: a process that takes more is killed there.
    static final int CONTAINER = Packaged.isNative() ? 256 : 640;

    /// A JVM that has not compiled anything yet is slow without any attack.
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Service service;
    private final SiegeData data;
    private final HonestClients honest;
    private final Map<Attack, Tally> attacks = new EnumMap<>(Attack.class);
    private Duration lasted = Duration.ZERO;
    private Duration processorTime = Duration.ZERO;
    private int mostResident;
    private int mostUnshared;

    /// @param folder where the service leaves its log
    Siege(Path folder, Postgres postgres, SiegeData data) throws IOException, InterruptedException {
        service = start(folder, postgres);
        this.data = data;
        honest = new HonestClients(service, data);
    }

    /// Fills an empty database.
    static SiegeData prepare(Path folder, Postgres postgres) throws IOException, InterruptedException {
        try (var service = start(folder, postgres)) {
            return SiegeData.create(service);
        }
    }

    private static Service start(Path folder, Postgres postgres) throws IOException, InterruptedException {
        var service = new Service(folder, postgres.url(), Map.of(), ARGUMENTS);
        service.await("/q/health/ready", 200);
        return service;
    }

    /// Returns when the time is over and all clients have gone; earlier where the service does not survive it.
    ///
    /// @param connections how many do what
    void run(List<Attack> attacks, ToIntFunction<Attack> connections, Duration time)
            throws IOException, InterruptedException {
        honest.start();
        Thread.sleep(WARM_UP);
        var before = processorTime();
        honest.countFromNow();
        var clients = new ArrayList<HostileClient>();
        var threads = new ArrayList<Thread>();
        var begin = Instant.now();
        for (var attack : attacks) {
            var tally = new Tally();
            this.attacks.put(attack, tally);
            for (int i = 0; i < connections.applyAsInt(attack); i++) {
                var client = new HostileClient(attack, i, service.uri("/").getPort(), data, tally);
                clients.add(client);
                threads.add(Thread.startVirtualThread(client));
            }
        }
        while (isAlive() && lasted.compareTo(time) < 0) {
            Thread.sleep(200);
            measure(before);
            lasted = Duration.between(begin, Instant.now());
        }
        clients.forEach(HostileClient::stop);
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
        if (isAlive()) {
            honest.stop();
        } else {
            honest.close();
        }
    }

    private Duration processorTime() {
        return service.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void measure(Duration before) throws IOException {
        var now = processorTime();
        if (now.compareTo(before) > 0) { // the process is there
            processorTime = now.minus(before);
        }
        var status = Path.of("/proc/" + service.process().pid() + "/status");
        if (Files.isReadable(status)) { // of Linux only
            var lines = Files.readAllLines(status);
            mostResident = Math.max(mostResident, megabytes(lines, "VmHWM:"));
            mostUnshared = Math.max(mostUnshared, megabytes(lines, "RssAnon:"));
        }
    }

    private static int megabytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0); // of a process that has ended
    }

    /// Whether the process that was there at the beginning is still running.
    boolean isAlive() {
        return service.process().isAlive();
    }

    Service service() {
        return service;
    }

    HonestClients honest() {
        return honest;
    }

    Map<Attack, Tally> attacks() {
        return attacks;
    }

    Duration lasted() {
        return lasted;
    }

    /// What the service took of the processors during the siege.
    Duration processorTakes() {
        return processorTime;
    }

    /// The most memory that was resident since the start, in MB.
    int mostResident() {
        return mostResident;
    }

    /// The most of it, in MB, that is the process' own and cannot be read again from a file: what a container counts.
    int mostUnshared() {
        return mostUnshared;
    }

    /// The lines of the log that say that memory was short.
    List<String> memoryFailures() throws IOException {
        return service.log()
                .lines()
                .filter(line -> line.matches(".*OutOf\\w*MemoryError.*"))
                .map(Siege::shortened)
                .toList();
    }

    String report() throws IOException {
        var state = isAlive()
                ? "The service took %d s of the processors".formatted(processorTime.toSeconds())
                : "The service ended after " + lasted.toSeconds() + " s";
        return Stream.of(
                        List.of(
                                "",
                                "%s; at most %d MB were resident, %d MB of them unshared; the container has %d MB."
                                        .formatted(state, mostResident, mostUnshared, CONTAINER),
                                "",
                                "| sent for %d s | connections | requests | answers |".formatted(lasted.toSeconds()),
                                "| --- | ---: | ---: | --- |"),
                        attacks.entrySet().stream()
                                .map(attack -> "| %s | %d | %d | %s |"
                                        .formatted(
                                                attack.getKey().title(),
                                                attack.getValue().connectionCount(),
                                                attack.getValue().requestCount(),
                                                attack.getValue().shown()))
                                .toList(),
                        List.of(
                                "",
                                "| honest work | asked | answers | median, ms | 99 %, ms | slowest, ms |",
                                "| --- | ---: | --- | ---: | ---: | ---: |"),
                        honest.tallies().entrySet().stream()
                                .map(work -> "| %s | %d | %s | %d | %d | %d |"
                                        .formatted(
                                                work.getKey().title(),
                                                work.getValue().requestCount(),
                                                work.getValue().shown(),
                                                work.getValue().percentile(50),
                                                work.getValue().percentile(99),
                                                work.getValue().percentile(100)))
                                .toList(),
                        List.of("", "Errors in the log, each once, ten at most:"),
                        errors(),
                        List.of(""))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    private List<String> errors() throws IOException {
        return service.log()
                .lines()
                .filter(line -> line.contains("\"ERROR\""))
                .map(Siege::error)
                .distinct()
                .limit(10)
                .toList();
    }

    private static String error(String line) {
        try {
            var record = JSON.readTree(line);
            return shortened(record.path("message").asText() + " "
                    + record.path("exception").path("exceptionType").asText());
        } catch (JsonProcessingException text) {
            return shortened(line);
        }
    }

    private static String shortened(String line) {
        return line.substring(0, Math.min(line.length(), 300));
    }

    @Override
    public void close() {
        service.close(); // first: nobody waits for its answers then
        honest.close();
    }
}
