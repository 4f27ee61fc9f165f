package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
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

    /// What a scanner reads: everything that is shipped, and nothing that only tests need.
    @Test
    void saysWhatItIsMadeOf() throws IOException {
        assumeTrue(System.getProperty("native.image.path") == null, "the native build makes no JVM package");
        try (var jars = Files.list(Packaged.JVM.resolve("app"));
                var jar = new JarFile(jars.findFirst().orElseThrow().toFile());
                var shipped = Files.list(Packaged.JVM.resolve("lib/main"))) {
            var bom =
                    new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json")));
            assertEquals("CycloneDX", bom.get("bomFormat").asText());
            var components = bom.get("components")
                    .valueStream()
                    .map(it -> it.get("group").asText() + "." + it.get("name").asText() + "-"
                            + it.get("version").asText())
                    .collect(Collectors.toSet());
            var unlisted = shipped.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .filter(name -> !components.contains(name))
                    .toList();
            assertEquals(List.of(), unlisted);
            assertThat(components.toString(), not(containsString("rest-assured")));
        }
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
