package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.Settings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Quarkus ignores an environment variable that it does not know, and one that had to be set when the image was
/// built.
class SettingsTest {

    /// A line like `password=…` or `token: …`, a literal password in SQL, or a user's password in a URL.
    private static final Pattern SECRET =
            Pattern.compile("(?im)^ *[\\w.-]*(password|passwd|secret|token|credential|private.?key)\\w*\\s*[=:]\\s*\\S"
                    + "|password\\s+'|://[^/@\\s]+:[^/@\\s]+@");

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everySettingIsOneThatTheServiceReadsAtStart(Manifests manifests) throws IOException {
        var phases = phases();
        var fromMap = manifests.settings().getData().keySet().stream();
        var fromPods = containersOfTheService(manifests)
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getName);
        assertAll(Stream.concat(fromMap, fromPods)
                .map(name -> () -> assertEquals("RUN_TIME", phase(name, phases), name)));
    }

    @Test
    void findsTheSettingsOfQuarkus() throws IOException {
        var phases = phases();
        assertEquals("RUN_TIME", phase("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", phases));
        assertEquals("RUN_TIME", phase("QUARKUS_DATASOURCE_REPLICA_JDBC_MAX_SIZE", phases));
        assertEquals("unknown", phase("QUARKUS_DATASOURCE_JDBC_MAXSIZE", phases));
        assertEquals("BUILD_AND_RUN_TIME_FIXED", phase("QUARKUS_DATASOURCE_DB_KIND", phases));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void noConfigMapHoldsASecret(Manifests manifests) {
        assertAll(manifests
                .all(ConfigMap.class)
                .flatMap(map -> map.getData().entrySet().stream())
                .map(entry -> entry.getKey().contains(".") ? entry.getValue() : entry.getKey() + "=" + entry.getValue())
                .map(text -> () -> assertFalse(SECRET.matcher(text).find(), text)));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyPasswordComesFromASecret(Manifests manifests) {
        manifests.pods().stream()
                .filter(pods -> pods.spec() != null)
                .flatMap(pods -> pods.spec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .forEach(env -> {
                    if (env.getName().matches(".*(PASSWORD|SECRET|TOKEN).*")) {
                        assertNotNull(env.getValueFrom().getSecretKeyRef(), env.getName());
                    } else if (env.getValue() != null) {
                        assertFalse(
                                SECRET.matcher(env.getName() + "=" + env.getValue())
                                        .find(),
                                env.getName());
                    }
                });
    }

    private static Stream<Container> containersOfTheService(Manifests manifests) {
        return manifests.pods().stream()
                .filter(pods -> pods.spec() != null)
                .flatMap(pods -> pods.spec().getContainers().stream())
                .filter(container -> container.getImage().contains("/byline:"));
    }

    /// RUN_TIME, one of the phases of the build, or "unknown".
    private static String phase(String variable, Map<Pattern, String> phases) {
        return phases.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(variable).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("unknown");
    }

    /// Of every property: of the extensions by the documentation in their jars, of Byline by its own file.
    private static Map<Pattern, String> phases() throws IOException {
        var phases = new HashMap<Pattern, String>();
        var models = SettingsTest.class
                .getClassLoader()
                .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json");
        while (models.hasMoreElements()) {
            try (var model = models.nextElement().openStream()) {
                collect(new ObjectMapper().readTree(model), phases);
            }
        }
        Settings.inThePackage().stringPropertyNames().stream()
                .filter(name -> name.startsWith("byline."))
                .map(name -> name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .forEach(name -> phases.put(Pattern.compile(name), "RUN_TIME"));
        return phases;
    }

    private static void collect(JsonNode node, Map<Pattern, String> phases) {
        if (node.has("phase")) {
            var phase = node.get("phase").asText();
            node.findValuesAsText("environmentVariable").forEach(it -> phases.put(pattern(it), phase));
        }
        node.forEach(child -> collect(child, phases));
    }

    /// The key of a map stands between two underscores on either side:
    /// `QUARKUS_DATASOURCE__DATASOURCE_NAME__USERNAME`.
    private static Pattern pattern(String variable) {
        return Pattern.compile(
                variable.replaceAll("__[A-Z0-9_]+?_(_|$)", "_+[A-Z0-9_]+?_+").replaceAll("_\\+$", "_*"));
    }
}
