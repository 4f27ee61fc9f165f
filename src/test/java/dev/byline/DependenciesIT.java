package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds what the package is made of, as its bill of materials says, against the versions that are free of known holes.
class DependenciesIT {

    private static final Path BILL = Path.of("target/classes/META-INF/sbom/application.cdx.json");
    private static final Path LOWEST = Path.of("src/test/resources/lowest-versions.csv");

    private record Lowest(String part, String version, String reason) {

        static Lowest of(String line) {
            var cells = line.split(",", 3);
            return new Lowest(cells[0], cells[1], cells[2]);
        }
    }

    @Test
    void noPartIsOlderThanItsLowestGoodVersion() throws IOException {
        var shipped = shipped();
        for (var lowest : lowest()) {
            var version = shipped.get(lowest.part);
            assertTrue(version != null, lowest.part + " is not shipped any more: take its line out of " + LOWEST);
            assertTrue(
                    Version.parse(version).compareTo(Version.parse(lowest.version)) >= 0,
                    "%s is %s; it needs %s or later: %s"
                            .formatted(lowest.part, version, lowest.version, lowest.reason));
        }
    }

    /// Parts of one library in different versions are a hole that nobody has tested.
    @Test
    void partsOfOneLibraryHaveOneVersion() throws IOException {
        var shipped = shipped();
        for (var group :
                List.of("io.netty:netty-codec", "io.netty:netty-transport", "io.vertx:vertx-", "org.hibernate.orm:")) {
            var versions = shipped.entrySet().stream()
                    .filter(part -> part.getKey().startsWith(group))
                    .map(Map.Entry::getValue)
                    .distinct()
                    .toList();
            assertEquals(1, versions.size(), group + " " + versions);
        }
    }

    private static List<Lowest> lowest() throws IOException {
        return Files.readAllLines(LOWEST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Lowest::of)
                .toList();
    }

    private static Map<String, String> shipped() throws IOException {
        var versions = new HashMap<String, String>();
        for (var part : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
            versions.put(
                    part.path("group").asText() + ":" + part.path("name").asText(),
                    part.path("version").asText());
        }
        return versions;
    }
}
