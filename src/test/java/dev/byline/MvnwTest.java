package dev.byline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `mvnw` with a Maven of its own making: a zip whose `mvn` only says that it ran, and stand-ins for `mvn` and `curl`
/// on the path.
class MvnwTest {

    private record Run(int status, String output) {}

    @TempDir
    Path folder;

    private Path project;
    private Path tools;
    private Path cache;
    private Path zip;

    @BeforeEach
    void prepare() throws IOException, NoSuchAlgorithmException {
        project = Files.createDirectories(folder.resolve("a project"));
        tools = Files.createDirectories(folder.resolve("tools"));
        cache = folder.resolve("cache");
        zip = folder.resolve("maven.zip");
        Files.copy(Path.of("mvnw"), project.resolve("mvnw"));
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("apache-maven-9.9.9/bin/mvn"));
            out.write("#!/bin/sh\necho \"maven ran with $* on $JAVA_HOME\"\n".getBytes(UTF_8));
        }
        pin(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(zip))));
        for (var tool : List.of(
                "sh",
                "sed",
                "tr",
                "dirname",
                "basename",
                "readlink",
                "mkdir",
                "mktemp",
                "mv",
                "rm",
                "cut",
                "chmod",
                "cp",
                "sleep",
                "tail",
                "sha512sum",
                "printf",
                "javac")) {
            for (var place : System.getenv("PATH").split(":")) {
                var found = Path.of(place, tool);
                if (Files.isExecutable(found) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), found);
                }
            }
        }
    }

    @Test
    void letsTheInstalledMavenFetchIt() throws Exception {
        tool(
                "mvn",
                "for a; do case $a in -DoutputDirectory=*) cp '" + zip
                        + "' \"${a#*=}/apache-maven-9.9.9-bin.zip\";; esac; done");
        tool("curl", "echo curl must not be asked >&2; exit 1");
        var run = mvnw("verify", "-Dx=a b");
        assertEquals(0, run.status, run.output);
        assertThat(run.output, containsString("maven ran with verify -Dx=a b on "));
    }

    @Test
    void downloadsItWhereNoMavenCan() throws Exception {
        tool("mvn", "echo no network >&2; exit 1");
        downloadsWithCurl();
        assertEquals(0, mvnw("-v").status);
    }

    @Test
    void fetchesItOnlyOnce() throws Exception {
        downloadsWithCurl();
        mvnw("-v");
        tool("curl", "exit 1");
        assertEquals(0, mvnw("-v").status);
    }

    @Test
    void refusesADistributionWithAnotherChecksumAndLeavesNothing() throws Exception {
        downloadsWithCurl();
        pin("0".repeat(128));
        var run = mvnw("-v");
        assertNotEquals(0, run.status);
        assertThat(run.output, containsString("checksum"));
        assertEquals(List.of(), cached());
    }

    @Test
    void saysWhatIsMissingWhenADownloadFailsAndLeavesNothing() throws Exception {
        tool("curl", "echo 'could not resolve host' >&2; exit 6");
        var run = mvnw("-v");
        assertNotEquals(0, run.status);
        assertThat(run.output, containsString("could not fetch Maven 9.9.9"));
        assertThat(run.output, containsString("could not resolve host"));
        assertEquals(List.of(), cached());
    }

    @Test
    void severalFirstRunsAtOnceDoNotTripOverEachOther() throws Exception {
        tool("curl", "sleep 0.2; while [ $# -gt 1 ]; do [ \"$1\" = -o ] && cp '" + zip + "' \"$2\"; shift; done");
        Callable<Run> first = () -> mvnw("-v");
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var run :
                    threads.invokeAll(Stream.generate(() -> first).limit(6).toList())) {
                assertEquals(0, run.get().status, run.get().output);
            }
        }
        assertEquals(1, cached().size());
        try (var inside = Files.list(cached().getFirst())) {
            assertEquals(
                    List.of("bin"),
                    inside.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void saysWhatIsMissingWithoutAJdk() throws Exception {
        // A folder that looks like an old JDK is passed over; where the machine has a real one in a usual place, that
        // is found.
        var old = Files.createDirectories(folder.resolve("old/bin"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Files.copy(tools.resolve("sh").toRealPath(), old.resolve("javac"));
        downloadsWithCurl();
        var run = start(folder.resolve("old").toString(), "-v");
        assertThat(
                run.output,
                run.status == 0 ? containsString("maven ran with -v on ") : containsString("no JDK 25 or newer found"));
    }

    private void downloadsWithCurl() throws IOException {
        tool("curl", "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && cp '" + zip + "' \"$2\"; shift; done");
    }

    private void pin(String sha512) throws IOException {
        Files.writeString(
                Files.createDirectories(project.resolve(".mvn/wrapper")).resolve("maven-wrapper.properties"),
                """
                # a comment
                mavenVersion=9.9.9
                distributionSha512Sum=%s
                distributionUrl=https://localhost/maven.zip
                """.formatted(sha512));
    }

    private void tool(String name, String script) throws IOException {
        var file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertEquals(true, file.toFile().setExecutable(true));
    }

    private Run mvnw(String... arguments) throws IOException, InterruptedException {
        return start(System.getProperty("java.home"), arguments);
    }

    private Run start(String javaHome, String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(project.resolve("mvnw").toString()), Stream.of(arguments));
        var builder =
                new ProcessBuilder(command.toList()).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", tools.toString(),
                        "HOME", folder.toString(),
                        "JAVA_HOME", javaHome,
                        "MAVEN_USER_HOME", cache.toString()));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }

    private List<Path> cached() throws IOException {
        var versions = cache.resolve("wrapper/dists/apache-maven-9.9.9");
        if (!Files.exists(versions)) {
            return List.of();
        }
        try (var found = Files.list(versions)) {
            return found.toList();
        }
    }
}
