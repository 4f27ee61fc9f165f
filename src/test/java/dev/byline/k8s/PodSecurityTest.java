package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The profile "restricted" of the Pod Security Standards, and what Byline asks beyond it. An operator's pods are its
/// own business; the namespace's label makes the cluster check those.
class PodSecurityTest {

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyPodMeetsTheRestrictedProfile(Manifests manifests) {
        eachPod(manifests, (owner, pod) -> {
            assertFalse(Boolean.TRUE.equals(pod.getHostNetwork()), owner);
            assertFalse(Boolean.TRUE.equals(pod.getHostPID()), owner);
            assertFalse(Boolean.TRUE.equals(pod.getHostIPC()), owner);
            assertTrue(pod.getSecurityContext().getRunAsNonRoot(), owner);
            assertNotEquals(0, pod.getSecurityContext().getRunAsUser(), owner);
            assertEquals(
                    "RuntimeDefault",
                    pod.getSecurityContext().getSeccompProfile().getType(),
                    owner);
            pod.getVolumes().forEach(volume -> assertTrue(isAllowed(volume), owner + " " + volume.getName()));
        });
        eachContainer(manifests, (owner, container) -> {
            var security = container.getSecurityContext();
            assertNotNull(security, owner);
            assertEquals(false, security.getAllowPrivilegeEscalation(), owner);
            assertNull(security.getPrivileged(), owner);
            assertNull(security.getRunAsUser(), owner);
            assertNull(security.getRunAsNonRoot(), owner);
            assertNull(security.getSeccompProfile(), owner);
            assertEquals(List.of("ALL"), security.getCapabilities().getDrop(), owner);
            assertEquals(List.of(), security.getCapabilities().getAdd(), owner);
            container.getPorts().forEach(port -> assertNull(port.getHostPort(), owner));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void rootFileSystemsAreReadOnlyAndTmpIsBounded(Manifests manifests) {
        eachContainer(
                manifests,
                (owner, container) ->
                        assertEquals(true, container.getSecurityContext().getReadOnlyRootFilesystem(), owner));
        eachPod(manifests, (owner, pod) -> {
            var tmp = pod.getContainers().stream()
                    .flatMap(container -> container.getVolumeMounts().stream())
                    .filter(mount -> mount.getMountPath().equals("/tmp"))
                    .map(VolumeMount::getName)
                    .toList();
            var bounded = pod.getVolumes().stream()
                    .filter(volume -> tmp.contains(volume.getName()))
                    .map(Volume::getEmptyDir)
                    .filter(it -> it != null && it.getSizeLimit() != null)
                    .count();
            assertEquals(1, bounded, owner);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void noPodCarriesAServiceAccountToken(Manifests manifests) {
        eachPod(manifests, (owner, pod) -> assertEquals(false, pod.getAutomountServiceAccountToken(), owner));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyContainerRequestsWhatItMayUse(Manifests manifests) {
        eachContainer(manifests, (owner, container) -> {
            var resources = container.getResources();
            assertNotNull(resources, owner);
            assertNotNull(resources.getRequests().get("cpu"), owner);
            assertNotNull(resources.getRequests().get("memory"), owner);
            assertEquals(
                    resources.getRequests().get("memory"), resources.getLimits().get("memory"), owner);
            assertNull(resources.getLimits().get("cpu"), owner + ": a CPU limit throttles");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void namespacesEnforceTheRestrictedProfile(Manifests manifests) {
        manifests
                .all(Namespace.class)
                .forEach(namespace -> assertAll(Stream.of("enforce", "warn", "audit")
                        .map(mode -> () -> assertEquals(
                                "restricted",
                                namespace.getMetadata().getLabels().get("pod-security.kubernetes.io/" + mode)))));
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                        volume.getConfigMap(),
                        volume.getSecret(),
                        volume.getEmptyDir(),
                        volume.getProjected(),
                        volume.getPersistentVolumeClaim())
                .anyMatch(Objects::nonNull);
    }

    private static void eachPod(Manifests manifests, BiConsumer<String, PodSpec> check) {
        assertAll(manifests.pods().stream()
                .filter(pods -> pods.spec() != null)
                .map(pods -> () -> check.accept(pods.owner(), pods.spec())));
    }

    private static void eachContainer(Manifests manifests, BiConsumer<String, Container> check) {
        eachPod(manifests, (owner, pod) -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .forEach(container -> check.accept(owner + " " + container.getName(), container)));
    }
}
