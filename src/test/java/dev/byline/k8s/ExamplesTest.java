package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documentation shows: its kustomizations, each as an overlay on that of production, and its commands.
class ExamplesTest {

    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("\\b(k8s|docker)/[\\w./-]+");
    private static final Pattern YAML =
            Pattern.compile("^( *)```yaml\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void everyExampleRendersAndChangesSomething() throws IOException {
        var production = production();
        var examples = examples();
        assertEquals(4, examples.size());
        for (int i = 0; i < examples.size(); i++) {
            assertNotEquals(
                    production.documents(),
                    Manifests.combine("example-" + i, onProduction(examples.get(i)))
                            .documents(),
                    examples.get(i));
        }
    }

    /// Into any shell: zsh takes a comment behind a command for arguments.
    @Test
    void everyBlockOfCommandsCanBePasted() throws IOException, InterruptedException {
        var blocks = SHELL.matcher(Files.readString(Manifests.K8S.resolve("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertTrue(blocks.size() >= 3, "found " + blocks.size());
        for (var block : blocks) {
            assertFalse(block.contains("#"), block);
            var check =
                    new ProcessBuilder("bash", "-n", "-c", block).inheritIO().start();
            assertEquals(0, check.waitFor(), block);
            FILE.matcher(block)
                    .results()
                    .map(file -> Path.of(file.group()))
                    .forEach(file -> assertTrue(Files.exists(file), file.toString()));
        }
    }

    @Test
    void theJvmImageGetsNoArgumentsAndEnoughMemory() throws IOException {
        var example = examples().stream()
                .filter(text -> text.contains("-jvm"))
                .findFirst()
                .orElseThrow();
        var pods = Manifests.combine("example-jvm", onProduction(example)).pods().stream()
                .map(Pods::spec)
                .filter(Objects::nonNull)
                .filter(pod -> image(pod).startsWith("ghcr.io/byline-dev/byline:"))
                .toList();
        assertEquals(2, pods.size()); // the service and the migration
        for (var pod : pods) {
            var container = pod.getContainers().getFirst();
            assertEquals("ghcr.io/byline-dev/byline:1.0.0-jvm", container.getImage());
            assertEquals(List.of(), container.getArgs());
            assertEquals(
                    new Quantity("640Mi"), container.getResources().getLimits().get("memory"));
        }
    }

    private static String image(PodSpec pod) {
        return pod.getContainers().getFirst().getImage();
    }

    private static Manifests production() {
        return Manifests.all()
                .filter(rendering -> rendering.name().equals("production"))
                .findFirst()
                .orElseThrow();
    }

    /// Those of kustomizations: other YAML is a part of a resource.
    private static List<String> examples() throws IOException {
        return YAML.matcher(Files.readString(Manifests.K8S.resolve("README.md")))
                .results()
                .map(ExamplesTest::withoutIndentation)
                .filter(text -> Stream.of("configMapGenerator:", "patches:").anyMatch(text::contains))
                .toList();
    }

    private static String withoutIndentation(MatchResult block) {
        return block.group(2).replaceAll("(?m)^" + block.group(1), "");
    }

    private static String onProduction(String example) {
        return example.contains("resources:")
                ? example.replace("../production", "K8S/overlays/production")
                : "resources: [K8S/overlays/production]\n" + example;
    }
}
