package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/// What is shipped.
class PackageIT {

    @Test
    void carriesNoEmbeddedDatabase() throws IOException {
        assumeTrue(System.getProperty("native.image.path") == null, "the native build makes no JVM package");
        try (var files = Files.walk(Packaged.JVM)) {
            var names = files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.stream().anyMatch(name -> name.contains("quarkus-jdbc-postgresql")));
            assertThat(names.toString(), not(containsString("embedded")));
            assertThat(names.toString(), not(containsString("zonky")));
        }
    }

    @Test
    void carriesNothingOfDevMode() throws IOException {
        assumeTrue(System.getProperty("native.image.path") == null, "the native build makes no JVM package");
        try (var files = Files.walk(Packaged.JVM)) {
            for (var jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (var entries = new JarFile(jar.toFile())) {
                    assertTrue(
                            entries.stream().noneMatch(entry -> entry.getName().contains("platform/development/Dev")),
                            jar::toString);
                }
            }
        }
    }

    /// What a scanner reads: every jar that is shipped, with its checksum, and no other.
    @Test
    void saysWhatItIsMadeOf() throws IOException {
        assumeTrue(System.getProperty("native.image.path") == null, "the native build makes no JVM package");
        try (var jars = Files.list(Packaged.JVM.resolve("app"));
                var jar = new JarFile(jars.findFirst().orElseThrow().toFile());
                var libraries = Files.walk(Packaged.JVM.resolve("lib"))) {
            var bill =
                    new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json")));
            assertEquals("CycloneDX", bill.get("bomFormat").asText());
            var listed = bill.get("components")
                    .valueStream()
                    // A dependency that Quarkus does not ship.
                    .filter(part -> !part.get("name").asText().equals("quarkus-ide-launcher"))
                    .map(PackageIT::jarAndChecksum)
                    .collect(Collectors.toCollection(TreeSet::new));
            var shipped = new TreeSet<String>();
            for (var library : libraries.filter(Files::isRegularFile).toList()) {
                shipped.add(library.getFileName() + " " + DigestUtils.sha256Hex(Files.readAllBytes(library)));
            }
            assertEquals(shipped, listed);
        }
    }

    private static String jarAndChecksum(JsonNode part) {
        var checksum = part.get("hashes")
                .valueStream()
                .filter(hash -> hash.get("alg").asText().equals("SHA-256"))
                .findFirst()
                .orElseThrow();
        return "%s.%s-%s.jar %s"
                .formatted(
                        part.get("group").asText(),
                        part.get("name").asText(),
                        part.get("version").asText(),
                        checksum.get("content").asText());
    }

    @Test
    void stopsAtOnceWithOneSentenceWhenItHasNoDatabase() throws IOException, InterruptedException {
        var process = Packaged.start(Map.of());
        var output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertEquals(1, output.lines().count(), output);
        assertThat(output, containsString("set QUARKUS_DATASOURCE_JDBC_URL"));
    }
}
