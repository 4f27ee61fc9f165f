package dev.byline.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// There is one version, that of the pom. The OpenAPI document has it too (`OpenApiTest`). The name of the migration
/// Job has that of the image (`ImagesTest`).
class VersionTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @Test
    void isTheSameWhereverAnImageOrTheManifestsAreNamed() throws IOException {
        var mentions = Version.mentions(PROJECT);
        var version = Version.of(PROJECT);
        var others = mentions.stream()
                .filter(mention -> !mention.endsWith(": " + version))
                .toList();
        assertTrue(others.isEmpty(), () -> "not " + version + ", the version of the pom: " + others);
        assertTrue(mentions.contains("k8s/components/release/kustomization.yaml: " + version));
        assertTrue(mentions.contains("docker/compose.yaml: " + version));
    }

    @Test
    void isThatOfTheNewestEntryInTheChangelog() throws IOException {
        var version = Version.of(PROJECT);
        assertEquals(version, Version.newestEntry(PROJECT).orElse(version));
    }
}
