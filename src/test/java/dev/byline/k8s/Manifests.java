package dev.byline.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One rendering: an overlay, or components in a combination that no overlay has. Without `kubectl` on the PATH the
/// tests that ask for one are skipped and say so.
record Manifests(String name, List<JsonNode> documents, List<HasMetadata> resources) {

    static final Path K8S = Path.of("k8s");
    static final Path MADE = Path.of("target", "k8s");
    static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String NO_KUBECTL = "SKIPPED: the Kubernetes manifests, for want of kubectl on the PATH";
    private static final boolean KUBECTL = hasKubectl();
    private static List<Manifests> all;

    /// Every overlay, and combinations so that each component is in one of them.
    static synchronized Stream<Manifests> all() {
        if (all == null) {
            needKubectl();
            var made = new ArrayList<Manifests>();
            folders(K8S.resolve("overlays")).map(Manifests::render).forEach(made::add);
            made.add(combine("dev-under-load", """
                resources: [K8S/overlays/dev, K8S/tests/rolling-update]
                """));
            made.add(combine("production-with-replica", """
                resources: [K8S/overlays/production]
                components: [K8S/components/replica]
                """));
            made.add(combine("external-database", """
                namespace: byline
                resources: [K8S/base]
                components:
                  - K8S/components/external-database
                  - K8S/components/pgbouncer
                  - K8S/components/external-secrets
                  - K8S/components/gateway
                  - K8S/components/monitoring
                  - K8S/components/release
                """));
            all = made;
        }
        return all.stream();
    }

    static void needKubectl() {
        assumeTrue(KUBECTL, NO_KUBECTL);
    }

    /// Maven is silent about the reasons why tests are skipped.
    private static boolean hasKubectl() {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        if (!found) {
            System.err.println(NO_KUBECTL);
        }
        return found;
    }

    static Stream<Path> folders(Path parent) {
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Renders a kustomization, in which `K8S` is the folder of the manifests.
    static Manifests combine(String name, String kustomization) {
        try {
            var folder = Files.createDirectories(MADE.resolve(name));
            var text = kustomization.replace("K8S", folder.relativize(K8S).toString());
            Files.writeString(folder.resolve("kustomization.yaml"), text);
            return render(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifests render(Path folder) {
        try {
            var kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<JsonNode> documents;
            try (var output = kubectl.getInputStream()) {
                documents = parse(new String(output.readAllBytes(), UTF_8));
            }
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize " + folder + " failed");
            }
            var resources = documents.stream()
                    .map(document -> SERIALIZATION.<HasMetadata>unmarshal(document.toString()))
                    .toList();
            return new Manifests(folder.getFileName().toString(), documents, resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<JsonNode> parse(String yaml) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
    }

    <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast);
    }

    /// The only one of its type.
    <T extends HasMetadata> T the(Class<T> type, String name) {
        return all(type)
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name + " in " + this));
    }

    /// The resources of a kind that only an operator knows.
    Stream<GenericKubernetesResource> custom(String kind) {
        return all(GenericKubernetesResource.class)
                .filter(resource -> resource.getKind().equals(kind));
    }

    /// The settings of the service: the ConfigMap whose name starts with `byline-` and a hash.
    ConfigMap settings() {
        return all(ConfigMap.class)
                .filter(map -> map.getData().containsKey("QUARKUS_DATASOURCE_JDBC_URL"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no settings of the service in " + this));
    }

    /// The pods that come of these manifests, an operator's included.
    List<Pods> pods() {
        return resources.stream().flatMap(Pods::of).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
