package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.byline.HonestClients.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A thousand hostile connections, all attacks at once, against the package with the heap of its image. Whoever means
/// well is served all the time; some must come back, none waits long, and nothing that was acknowledged is lost.
/// Run by `./mvnw verify -Dfailures`; `-Dsiege.seconds=20` makes it shorter, and `-Dsiege.attacks=BAD_TOKENS,MALFORMED`
/// leaves out the others.
class SiegeIT {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("siege.seconds", 120));
    private static final Duration SLOWEST = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    /// Of the requests for one row, in percent.
    private static final int SERVED = 95;

    @TempDir
    Path folder;

    private final List<String> failures = new ArrayList<>();

    @Test
    void servesWhoeverMeansWellWhileAThousandConnectionsDoNot() throws Exception {
        try (var postgres = new Postgres(folder)) {
            var data = Siege.prepare(folder, postgres);
            try (var siege = new Siege(folder, postgres, data)) {
                siege.run(attacks(), Attack::together, TIME);
                System.out.println(siege.report());
                siege.attacks().forEach(this::expectNoFailure);
                siege.honest().tallies().forEach(this::expectNoFailure);
                siege.honest().tallies().forEach(this::expectService);
                expect("recovers", () -> assertRecovers(siege));
                expect("keeps what it acknowledged", () -> siege.honest().assertNothingIsLost());
                expect("has memory enough", () -> {
                    assertEquals(List.of(), siege.memoryFailures());
                    check(siege.mostUnshared() <= Siege.CONTAINER, () -> siege.mostUnshared() + " MB");
                });
                expect("runs on", () -> check(siege.isAlive(), () -> "the process has ended"));
            }
        }
        if (!failures.isEmpty()) {
            fail(String.join("\n", failures)); // all in one: they explain each other
        }
    }

    private static List<Attack> attacks() {
        var names = System.getProperty("siege.attacks");
        return names == null
                ? List.of(Attack.values())
                : Arrays.stream(names.split(",")).map(Attack::valueOf).toList();
    }

    private void expect(String what, Executable check) {
        try {
            check.execute();
        } catch (Throwable failure) {
            failures.add(
                    "Not so: it " + what + ". " + (failure instanceof AssertionError ? failure.getMessage() : failure));
        }
    }

    private static void check(boolean holds, Supplier<String> seen) {
        if (!holds) {
            throw new AssertionError(seen.get());
        }
    }

    /// 503 is none: it says when to come back.
    private void expectNoFailure(Enum<?> who, Tally tally) {
        expect("answers " + who + " without a failure", () -> assertEquals(List.of(), tally.failures(), tally::shown));
    }

    private void expectService(Work work, Tally tally) {
        long slowest = tally.percentile(100);
        expect(
                "answers " + work + " soon",
                () -> check(slowest < SLOWEST.toMillis(), () -> "the slowest took " + slowest + " ms"));
        expect("serves " + work, () -> assertServed(work, tally));
    }

    private static void assertServed(Work work, Tally tally) {
        check(tally.successes() > 0, () -> "never: " + tally.shown());
        switch (work) {
            case READ, OWN_READ, WRITE ->
                check(
                        tally.successes() * 100 >= tally.count() * SERVED,
                        () -> "fewer than " + SERVED + " %: " + tally.shown());
            case LIST, IMPORT, EXPORT -> {
                // They may be told to come back.
            }
            case OPERATOR -> assertEquals(Map.of("200", tally.count()), tally.ends());
        }
    }

    private static void assertRecovers(Siege siege) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(RECOVERY);
        var running = siege.honest().running();
        while (running > 0 && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
            running = siege.honest().running();
        }
        assertEquals(0, running, "requests are running after all clients have gone");
        siege.honest().assertAllIsServed();
    }
}
