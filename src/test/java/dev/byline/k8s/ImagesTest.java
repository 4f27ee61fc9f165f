package dev.byline.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {

    /// A registry, a name and a tag that begins with a version, or a digest.
    private static final String PINNED =
            "[a-z0-9.-]+\\.[a-z]+/[a-z0-9./-]+(:v?\\d+\\.\\d+[\\w.-]*|@sha256:[0-9a-f]{64})";

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyImageIsPinnedToAVersion(Manifests manifests) {
        manifests.documents().stream()
                .flatMap(ImagesTest::images)
                .forEach(image -> assertThat(image, matchesPattern(PINNED)));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void theMigrationIsOfTheVersionThatWaitsForIt(Manifests manifests) {
        var service = image(manifests.the(Deployment.class, "byline").getSpec().getTemplate());
        var job = manifests
                .all(Job.class)
                .filter(it -> it.getMetadata().getName().startsWith("byline-migrate-"))
                .findFirst()
                .orElseThrow();
        assertEquals(service, image(job.getSpec().getTemplate()));
        assertThat("a new version is a new Job", service, endsWith(":" + version(job)));
    }

    private static String version(Job job) {
        return job.getMetadata().getName().substring("byline-migrate-".length());
    }

    private static String image(PodTemplateSpec template) {
        return template.getSpec().getContainers().getFirst().getImage();
    }

    private static Stream<String> images(JsonNode document) {
        return Stream.concat(document.findValues("image").stream(), document.findValues("imageName").stream())
                .map(JsonNode::asText);
    }
}
