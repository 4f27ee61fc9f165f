package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A misspelt field is dropped by most tools without a word.
class ParsingTest {

    private static final ObjectMapper STRICT = strict();

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyFieldIsOneThatKubernetesKnows(Manifests manifests) {
        assertAll(manifests.documents().stream().map(document -> () -> check(document)));
    }

    @Test
    void everyComponentIsInOneOfTheRenderings() throws IOException {
        Manifests.all();
        var kustomizations = new StringBuilder();
        for (var root : List.of(Manifests.K8S, Manifests.MADE)) {
            try (var files = Files.walk(root)) {
                for (var file :
                        files.filter(it -> it.endsWith("kustomization.yaml")).toList()) {
                    kustomizations.append(Files.readString(file));
                }
            }
        }
        var text = kustomizations.toString();
        Manifests.folders(Manifests.K8S.resolve("components"))
                .map(Path::getFileName)
                .forEach(name -> assertTrue(text.matches("(?s).*/" + name + "[\\s\\],].*"), name + " is in none"));
    }

    private static void check(JsonNode document) throws JsonProcessingException {
        var apiVersion = document.path("apiVersion").asText();
        var kind = document.path("kind").asText();
        var type = Manifests.SERIALIZATION.getRegisteredKubernetesResource(apiVersion, kind);
        if (type != null) {
            STRICT.treeToValue(document, type);
            return;
        }
        var unknown = new TreeSet<>(CustomResources.fieldsOf(document));
        unknown.removeAll(CustomResources.knownFieldsOf(apiVersion + " " + kind));
        assertEquals(new TreeSet<String>(), unknown, kind);
        if (kind.equals("Pooler")) {
            STRICT.treeToValue(document.at("/spec/template"), PodTemplateSpec.class);
        }
    }

    /// Without the setters that take whatever is left over, Jackson refuses unknown fields and names their place. Nor
    /// does Kubernetes turn `true` or `1` into a string.
    private static ObjectMapper strict() {
        var mapper = new ObjectMapper().setAnnotationIntrospector(new NoAnySetters());
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        return mapper;
    }

    private static class NoAnySetters extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
