package dev.byline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Each attack alone, then all at once, as a table: what was sent, what it cost, what honest clients saw of it. Run by
/// `src/bench/siege`, which says with what arguments.
final class SiegeTable {

    private final Path folder;
    private final Postgres postgres;
    private final SiegeData data;
    private final Duration time;

    private SiegeTable(Path folder, Postgres postgres, Duration time) throws IOException, InterruptedException {
        this.folder = folder;
        this.postgres = postgres;
        this.time = time;
        data = Siege.prepare(folder, postgres);
    }

    /// @param arguments a folder, which the caller removes; the seconds of each attack; names of attacks, none for all
    public static void main(String[] arguments) throws Exception {
        // Where somebody ends this program, the service must not outlive it.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        var folder = Path.of(arguments[0]);
        var attacks = new ArrayList<Attack>();
        for (int i = 2; i < arguments.length; i++) {
            attacks.add(Attack.valueOf(arguments[i]));
        }
        try (var postgres = new Postgres(folder)) {
            var table = new SiegeTable(folder, postgres, Duration.ofSeconds(Integer.parseInt(arguments[1])));
            table.print(attacks.isEmpty() ? List.of(Attack.values()) : attacks);
        }
    }

    private void print(List<Attack> attacks) throws IOException, InterruptedException {
        System.out.println("| %s | connections | requests | answers | processor, s | resident, MB | unshared, MB |"
                        .formatted(Packaged.isNative() ? "native" : "JVM")
                + " honest requests/s | median, ms | 99 %, ms | slowest, ms | their answers |");
        System.out.println("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        printRow("nothing", List.of(), Attack::alone);
        for (var attack : attacks) {
            printRow(attack.title(), List.of(attack), Attack::alone);
        }
        if (attacks.size() > 1) {
            printRow("all at once", attacks, Attack::together);
        }
    }

    private void printRow(String title, List<Attack> attacks, ToIntFunction<Attack> connections)
            throws IOException, InterruptedException {
        var logs = Files.createTempDirectory(folder, "row");
        // A service for each: the memory of one attack is not the next one's, and none has to survive the one before.
        try (var siege = new Siege(logs, postgres, data)) {
            siege.run(attacks, connections, time);
            var sent = Tally.sum(siege.attacks().values());
            var served = Tally.sum(siege.honest().tallies().values());
            System.out.println("| %s%s | %d | %d | %s | %d | %d | %d | %.0f | %d | %d | %d | %s |"
                    .formatted(
                            title,
                            siege.isAlive()
                                    ? ""
                                    : " (**ended** after " + siege.lasted().toSeconds() + " s)",
                            sent.connectionCount(),
                            sent.requestCount(),
                            sent.shown(),
                            siege.processorTakes().toSeconds(),
                            siege.mostResident(),
                            siege.mostUnshared(),
                            served.successes() * 1000.0 / siege.lasted().toMillis(),
                            served.percentile(50),
                            served.percentile(99),
                            served.percentile(100),
                            served.shown()));
        }
    }
}
