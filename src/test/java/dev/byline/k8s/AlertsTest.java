package dev.byline.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertsTest {

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyAlertSaysWhatToDo(Manifests manifests) throws IOException {
        var readme = Files.readString(Manifests.K8S.resolve("README.md"));
        manifests.documents().stream()
                .filter(document -> document.path("kind").asText().equals("PrometheusRule"))
                .flatMap(document -> document.findParents("alert").stream())
                .forEach(rule -> {
                    var name = rule.get("alert").asText();
                    assertThat(name, rule.at("/annotations/summary").asText(), not(emptyString()));
                    assertThat(name, rule.at("/annotations/runbook").asText(), not(emptyString()));
                    assertThat("k8s/README.md explains it", readme, containsString("`" + name + "`"));
                });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void dashboardsAreJsonWithPanels(Manifests manifests) throws IOException {
        var dashboards = manifests
                .all(ConfigMap.class)
                .filter(map -> map.getMetadata().getLabels() != null
                        && map.getMetadata().getLabels().containsKey("grafana_dashboard"))
                .flatMap(map -> map.getData().values().stream())
                .toList();
        for (var dashboard : dashboards) {
            assertThat(new ObjectMapper().readTree(dashboard).path("panels").size(), greaterThan(0));
        }
    }
}
