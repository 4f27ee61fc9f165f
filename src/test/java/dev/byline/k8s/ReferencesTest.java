package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever one resource names, another one is.
class ReferencesTest {

    /// `name` or `name/key` of what a ConfigMap or Secret is asked for.
    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyConfigMapAndSecretExistsWithItsKeys(Manifests manifests) {
        var named = new TreeSet<String>();
        eachContainer(manifests).forEach(container -> {
            container
                    .getEnvFrom()
                    .forEach(from -> named.add(from.getConfigMapRef().getName()));
            container.getEnv().stream()
                    .filter(env -> env.getValueFrom() != null)
                    .map(env -> env.getValueFrom().getSecretKeyRef())
                    .forEach(key -> named.add(key.getName() + "/" + key.getKey()));
        });
        manifests.documents().forEach(document -> document.findParents("key").stream()
                .filter(reference -> reference.has("name"))
                .forEach(it ->
                        named.add(it.get("name").asText() + "/" + it.get("key").asText())));
        eachPod(manifests).flatMap(pods -> pods.spec().getVolumes().stream()).forEach(volume -> {
            if (volume.getConfigMap() != null) {
                named.add(volume.getConfigMap().getName());
            }
            if (volume.getProjected() != null) {
                volume.getProjected().getSources().forEach(source -> source.getConfigMap()
                        .getItems()
                        .forEach(item -> named.add(source.getConfigMap().getName() + "/" + item.getKey())));
            }
        });
        originals(manifests).forEach(cluster -> {
            named.add(cluster.<String>get("spec", "bootstrap", "initdb", "secret", "name") + "/password");
            named.add(cluster.<String>get("spec", "managed", "roles", 0, "passwordSecret", "name") + "/password");
        });
        named.removeAll(configuration(manifests));
        assertEquals(Set.of(), named);
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyServiceAccountExists(Manifests manifests) {
        eachPod(manifests)
                .map(pods -> pods.spec().getServiceAccountName())
                .filter(Objects::nonNull)
                .forEach(name -> manifests.the(ServiceAccount.class, name));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyMountHasItsVolume(Manifests manifests) {
        eachPod(manifests).forEach(pods -> {
            var volumes = pods.spec().getVolumes().stream()
                    .map(volume -> volume.getName())
                    .collect(Collectors.toSet());
            manifests.documents().stream()
                    .flatMap(document -> document.findValues("volumeClaimTemplates").stream())
                    .forEach(claims -> volumes.add(claims.at("/0/metadata/name").asText()));
            pods.spec().getContainers().stream()
                    .flatMap(container -> container.getVolumeMounts().stream())
                    .map(VolumeMount::getName)
                    .forEach(name -> assertTrue(volumes.contains(name), pods.owner() + " mounts " + name));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyProbeAsksAPortOfItsPod(Manifests manifests) {
        eachPod(manifests).forEach(pods -> pods.spec().getContainers().stream()
                .flatMap(it -> Stream.of(it.getStartupProbe(), it.getReadinessProbe(), it.getLivenessProbe()))
                .filter(Objects::nonNull)
                .map(ReferencesTest::port)
                .filter(Objects::nonNull)
                .forEach(port -> assertTrue(pods.listenOn(port), pods.owner() + " has no port " + port)));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyServiceFindsPodsThatListen(Manifests manifests) {
        manifests
                .all(Service.class)
                .filter(service -> !"ExternalName".equals(service.getSpec().getType()))
                .forEach(service -> service.getSpec()
                        .getPorts()
                        .forEach(port -> assertTrue(
                                manifests.pods().stream()
                                        .anyMatch(pods ->
                                                pods.match(service.getSpec().getSelector())
                                                        && pods.listenOn(port.getTargetPort())),
                                service.getMetadata().getName())));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void autoscalersAndBudgetsFindWhatTheyAreFor(Manifests manifests) {
        manifests
                .all(HorizontalPodAutoscaler.class)
                .forEach(it -> assertNotNull(manifests.the(
                        Deployment.class, it.getSpec().getScaleTargetRef().getName())));
        manifests
                .all(PodDisruptionBudget.class)
                .forEach(it -> choose(
                        manifests, it.getSpec().getSelector(), it.getMetadata().getName()));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyRouteEndsAtAServicesPort(Manifests manifests) {
        manifests
                .all(HTTPRoute.class)
                .flatMap(route -> route.getSpec().getRules().stream())
                .flatMap(rule -> rule.getBackendRefs().stream())
                .forEach(backend ->
                        assertTrue(manifests.the(Service.class, backend.getName()).getSpec().getPorts().stream()
                                .anyMatch(port -> port.getPort().equals(backend.getPort()))));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyPodMonitorFindsPodsWithItsPort(Manifests manifests) {
        manifests.custom("PodMonitor").forEach(monitor -> {
            var name = monitor.getMetadata().getName();
            var selector = Manifests.SERIALIZATION.convertValue(monitor.get("spec", "selector"), LabelSelector.class);
            var port = new IntOrString(monitor.<String>get("spec", "podMetricsEndpoints", 0, "port"));
            choose(manifests, selector, name).forEach(pods -> assertTrue(pods.listenOn(port), name));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyHostInAnUrlIsAService(Manifests manifests) {
        var text = manifests.documents().toString();
        var hosts = Pattern.compile("jdbc:postgresql://([a-z-]+):5432|host=([a-z-]+) ")
                .matcher(text)
                .results()
                .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        hosts.removeAll(services(manifests));
        assertEquals(Set.of(), hosts);
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void whatIsPartOfAClusterNamesIt(Manifests manifests) {
        var clusters = manifests
                .custom("Cluster")
                .map(it -> it.getMetadata().getName())
                .toList();
        Stream.of("Pooler", "ScheduledBackup")
                .flatMap(manifests::custom)
                .forEach(it -> assertTrue(clusters.contains(it.<String>get("spec", "cluster", "name"))));
        var stores = manifests
                .custom("ObjectStore")
                .map(it -> it.getMetadata().getName())
                .toList();
        originals(manifests)
                .forEach(it -> assertTrue(
                        stores.contains(it.<String>get("spec", "plugins", 0, "parameters", "barmanObjectName"))));
        manifests
                .custom("Cluster")
                .map(it -> it.<String>get("spec", "replica", "source"))
                .filter(Objects::nonNull)
                .forEach(source -> assertTrue(clusters.contains(source), source));
    }

    /// The clusters that are made here, not copied from another.
    private static Stream<GenericKubernetesResource> originals(Manifests manifests) {
        return manifests.custom("Cluster").filter(it -> it.get("spec", "replica") == null);
    }

    /// The names of ConfigMaps and Secrets, alone and with each key. Of a Secret that an operator fetches, the
    /// manifests know the keys that its type demands; for any other all are taken on trust.
    private static Set<String> configuration(Manifests manifests) {
        var names = new HashSet<String>();
        manifests
                .all(ConfigMap.class)
                .forEach(it ->
                        add(names, it.getMetadata().getName(), it.getData().keySet()));
        manifests
                .all(Secret.class)
                .forEach(it ->
                        add(names, it.getMetadata().getName(), it.getData().keySet()));
        manifests.custom("ExternalSecret").forEach((GenericKubernetesResource it) -> {
            var basic = "kubernetes.io/basic-auth".equals(it.get("spec", "target", "template", "type"));
            var keys = basic ? Set.of("username", "password") : Set.of("ACCESS_KEY_ID", "ACCESS_SECRET_KEY");
            add(names, it.getMetadata().getName(), keys);
        });
        // What CloudNativePG makes for each cluster.
        manifests.custom("Cluster").map(it -> it.getMetadata().getName()).forEach(name -> {
            add(names, name + "-ca", Set.of("ca.crt"));
            add(names, name + "-replication", Set.of("tls.crt", "tls.key"));
        });
        return names;
    }

    private static void add(Set<String> names, String name, Set<String> keys) {
        names.add(name);
        keys.forEach(key -> names.add(name + "/" + key));
    }

    private static Set<String> services(Manifests manifests) {
        var services = new HashSet<String>();
        manifests.all(Service.class).forEach(it -> services.add(it.getMetadata().getName()));
        manifests.custom("Pooler").forEach(it -> services.add(it.getMetadata().getName()));
        manifests.custom("Cluster").forEach(it -> Stream.of("rw", "ro", "r")
                .forEach(suffix -> services.add(it.getMetadata().getName() + "-" + suffix)));
        return services;
    }

    private static List<Pods> choose(Manifests manifests, LabelSelector selector, String what) {
        var chosen =
                manifests.pods().stream().filter(pods -> pods.match(selector)).toList();
        assertFalse(chosen.isEmpty(), what + " selects no pods");
        return chosen;
    }

    private static IntOrString port(Probe probe) {
        return probe.getHttpGet() != null
                ? probe.getHttpGet().getPort()
                : probe.getTcpSocket() != null ? probe.getTcpSocket().getPort() : null;
    }

    private static Stream<Pods> eachPod(Manifests manifests) {
        return manifests.pods().stream().filter(pods -> pods.spec() != null);
    }

    private static Stream<Container> eachContainer(Manifests manifests) {
        return eachPod(manifests).flatMap(pods -> pods.spec().getContainers().stream());
    }
}
