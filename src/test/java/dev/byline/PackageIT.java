package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
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
    void carriesNoWayToATokenForEverybody() throws IOException {
        assumeTrue(System.getProperty("native.image.path") == null, "the native build makes no JVM package");
        try (var files = Files.walk(Packaged.JVM)) {
            for (var jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (var entries = new JarFile(jar.toFile())) {
                    assertTrue(
                            entries.stream().noneMatch(entry -> entry.getName().contains("DevTokens")), jar::toString);
                }
            }
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
