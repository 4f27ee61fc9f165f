package dev.byline.k8s;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The chart that `k8s/helm/chart` makes of the manifests: Helm renders the same from it as Kustomize from them, by the
/// values of the chart and with others.
class ChartTest {

    private static final Path CHART = Manifests.MADE.resolve("chart/byline");
    private static final Pattern VALUES = Pattern.compile("```yaml\n(database:.*?)```", Pattern.DOTALL);

    private static final String JOB = "name: byline-migrate-.*";

    /// What every rendering of the chart has.
    private static final String BASE = """
            resources: [K8S/base]
            components:
              - K8S/components/external-database
              - K8S/components/pgbouncer
              - K8S/components/release
            """;

    private static final String FIXED_NAME = """
            configMapGenerator:
              - name: byline
                behavior: merge
                options: {disableNameSuffixHash: true}
            """;

    @BeforeAll
    static void makeTheChart() throws IOException, InterruptedException {
        Manifests.needKubectl();
        var script = new ProcessBuilder("k8s/helm/chart", CHART.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(script.getInputStream().readAllBytes());
        assertEquals(0, script.waitFor(), output);
    }

    @Test
    void rendersWhatKustomizeRenders() throws IOException {
        assertSame(kustomized("chart-default", BASE + FIXED_NAME), rendered(""));
    }

    @Test
    void rendersThePartsThatAreSwitchedOn() throws IOException {
        var kustomization = """
                resources: [K8S/base]
                components:
                  - K8S/components/external-database
                  - K8S/components/pgbouncer
                  - K8S/components/gateway
                  - K8S/components/issuer
                  - K8S/components/monitoring
                  - K8S/components/release
                """;
        var values = """
                issuer: https://issuer.example.com/realms/byline
                gateway: {hostname: byline.example.com}
                monitoring: {namespace: monitoring}
                """;
        assertSame(kustomized("chart-parts", kustomization + FIXED_NAME), rendered(values));
    }

    @Test
    void rendersEveryOtherValueWhereItBelongs() throws IOException {
        var kustomization = BASE + FIXED_NAME + """
                    literals: [QUARKUS_DATASOURCE_JDBC_MAX_SIZE=8, QUARKUS_LOG_LEVEL=DEBUG]
                images:
                  - {name: ghcr.io/byline-dev/byline, newName: registry.my.org/byline, newTag: 2.0-jvm}
                patches:
                  - target: {kind: ServiceAccount}
                    patch: '[{"op": "add", "path": "/imagePullSecrets", "value": [{"name": "registry"}]}]'
                  - target: {kind: Service, name: byline-db-rw}
                    patch: '[{"op": "replace", "path": "/spec/externalName", "value": "db.my.org"}]'
                  - target: {kind: HorizontalPodAutoscaler}
                    patch: |-
                      - {op: replace, path: /spec/minReplicas, value: 5}
                      - {op: replace, path: /spec/maxReplicas, value: 7}
                  - target: {kind: Deployment|Job, name: byline|byline-migrate-.*}
                    patch: |-
                      - {op: replace, path: /spec/template/spec/containers/0/args, value: []}
                      - {op: replace, path: /spec/template/spec/containers/0/resources/requests/memory, value: 640Mi}
                      - {op: replace, path: /spec/template/spec/containers/0/resources/limits/memory, value: 700Mi}
                  - target: {kind: Deployment, name: byline}
                    patch: '[{"op": "replace", "path": "/spec/template/spec/containers/0/resources/requests/cpu", "value": "1"}]'
                """;
        var values = """
                image: {repository: registry.my.org/byline, tag: 2.0-jvm}
                imagePullSecrets: [{name: registry}]
                database: {host: db.my.org, secret: service-role, ownerSecret: owner-role}
                autoscaling: {minReplicas: 5, maxReplicas: 7}
                args: []
                resources: {requests: {cpu: "1", memory: 640Mi}, limits: {memory: 700Mi}}
                config: {QUARKUS_DATASOURCE_JDBC_MAX_SIZE: "8", QUARKUS_LOG_LEVEL: DEBUG}
                """;
        var kustomized = kustomized("chart-values", kustomization, text -> text.replaceFirst(
                        "\"byline-migrate-\\d[^\"]*", "\"byline-migrate-2.0-jvm")
                .replace("\"byline-database\"", "\"service-role\"")
                .replace("\"byline-database-owner\"", "\"owner-role\""));
        assertSame(kustomized, rendered(values));
    }

    @Test
    void putsTheNamesOfGatewayAndPrometheusWhereTheyBelong() throws IOException {
        var objects = rendered("""
                gateway: {hostname: my.org, name: edge, namespace: net}
                monitoring: {namespace: prometheus}
                """);
        var route = objects.get("HTTPRoute byline").path("spec");
        assertEquals("my.org", route.at("/hostnames/0").asText());
        assertEquals("edge", route.at("/parentRefs/0/name").asText());
        assertEquals("net", route.at("/parentRefs/0/namespace").asText());
        assertEquals(
                "https://my.org",
                objects.get("ConfigMap byline").at("/data/BYLINE_HTTP_ORIGIN").asText());
        var namespace = "/spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";
        assertEquals(
                "net",
                objects.get("NetworkPolicy service-from-gateway").at(namespace).asText());
        assertEquals(
                "prometheus",
                objects.get("NetworkPolicy service-from-scraper").at(namespace).asText());
    }

    @Test
    void replacesThePodsAndTheJobWhenTheirValuesChange() throws IOException {
        var before = text("");
        var settings = text("config: {QUARKUS_LOG_LEVEL: DEBUG}");
        var resources = text("resources: {limits: {memory: 512Mi}}");
        assertFalse(find("settings: .*", before).equals(find("settings: .*", settings)));
        assertEquals(find(JOB, before), find(JOB, settings));
        assertFalse(find(JOB, before).equals(find(JOB, resources)));
    }

    @Test
    void refusesValuesThatItDoesNotKnow() {
        for (var values : List.of("gatway: {hostname: my.org}", "config: {QUARKUS_DATASOURCE_JDBC_MAX_SIZE: 8}")) {
            var refusal = assertThrows(IllegalStateException.class, () -> text(values));
            var name = values.startsWith("gatway") ? "gatway" : "QUARKUS_DATASOURCE_JDBC_MAX_SIZE";
            assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
        }
    }

    @Test
    void isAsHelmWantsIt() {
        var result = new Helm(CHART).lint().call();
        assertFalse(result.isFailed(), result.getMessages().toString());
    }

    @Test
    void rendersTheValuesOfTheDocumentation() throws IOException {
        var page = VALUES.matcher(Files.readString(Manifests.K8S.resolve("README.md")));
        assertTrue(page.find());
        assertTrue(rendered(page.group(1)).containsKey("HTTPRoute byline"));
    }

    private static void assertSame(Map<String, JsonNode> kustomized, Map<String, JsonNode> rendered) {
        assertEquals(kustomized.keySet(), rendered.keySet());
        assertAll(kustomized.keySet().stream()
                .map(name -> () -> assertEquals(kustomized.get(name), rendered.get(name), name)));
    }

    private static Map<String, JsonNode> kustomized(String name, String kustomization) throws IOException {
        return kustomized(name, kustomization, Function.identity());
    }

    private static Map<String, JsonNode> kustomized(String name, String kustomization, Function<String, String> change)
            throws IOException {
        var text = new StringBuilder();
        for (var document : Manifests.combine(name, kustomization).documents()) {
            text.append("---\n").append(change.apply(document.toString())).append('\n');
        }
        return byName(text.toString());
    }

    /// By their names, and without what only the chart has.
    private static Map<String, JsonNode> rendered(String values) throws IOException {
        var objects = byName(text(values).replaceAll("(name: byline-migrate-[\\w.-]+)-[0-9a-f]{8}\n", "$1\n"));
        var pods = (ObjectNode) objects.get("Deployment byline").at("/spec/template/metadata");
        pods.remove("annotations");
        var account = (ObjectNode) objects.get("ServiceAccount byline");
        if (account.path("imagePullSecrets").isEmpty()) {
            account.remove("imagePullSecrets");
        }
        return objects;
    }

    private static Map<String, JsonNode> byName(String yaml) throws IOException {
        return Manifests.parse(yaml).stream()
                .filter(it -> it.has("kind")) // a part that is switched off leaves an empty document
                .collect(toMap(
                        it -> it.get("kind").asText() + " "
                                + it.at("/metadata/name").asText(),
                        it -> it,
                        (one, other) -> {
                            throw new AssertionError("twice: " + one);
                        },
                        TreeMap::new));
    }

    private static String text(String values) throws IOException {
        var file = Files.createTempFile(CHART.getParent(), "values", ".yaml");
        Files.writeString(file, values);
        return new Helm(CHART)
                .template()
                .withName("byline")
                .withKubeVersion("1.30.0")
                .withValuesFile(file)
                .call();
    }

    private static List<String> find(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(it -> it.group())
                .toList();
    }
}
