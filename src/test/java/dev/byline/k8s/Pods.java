package dev.byline.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The pods of one workload: their labels, their ports by name, and their specification where the manifests have it;
/// null where an operator writes it.
record Pods(String owner, Map<String, String> labels, Map<String, Integer> ports, PodSpec spec) {

    static Stream<Pods> of(HasMetadata resource) {
        return switch (resource) {
            case Deployment it -> Stream.of(of(it, it.getSpec().getTemplate()));
            case StatefulSet it -> Stream.of(of(it, it.getSpec().getTemplate()));
            case DaemonSet it -> Stream.of(of(it, it.getSpec().getTemplate()));
            case Job it -> Stream.of(of(it, it.getSpec().getTemplate()));
            case CronJob it ->
                Stream.of(of(it, it.getSpec().getJobTemplate().getSpec().getTemplate()));
            case GenericKubernetesResource it when it.getKind().equals("Cluster") -> Stream.of(ofCluster(it));
            case GenericKubernetesResource it when it.getKind().equals("Pooler") -> Stream.of(ofPooler(it));
            default -> Stream.empty();
        };
    }

    private static Pods of(HasMetadata owner, PodTemplateSpec template) {
        var ports = new HashMap<String, Integer>();
        template.getSpec().getContainers().stream()
                .map(Container::getPorts)
                .flatMap(List::stream)
                .forEach((ContainerPort port) -> ports.put(port.getName(), port.getContainerPort()));
        return new Pods(name(owner), template.getMetadata().getLabels(), ports, template.getSpec());
    }

    // The labels and ports that CloudNativePG gives its pods.
    private static Pods ofCluster(GenericKubernetesResource cluster) {
        var labels = new HashMap<String, String>(cluster.get("spec", "inheritedMetadata", "labels"));
        labels.put("cnpg.io/cluster", cluster.getMetadata().getName());
        return new Pods(name(cluster), labels, Map.of("postgresql", 5432, "metrics", 9187, "status", 8000), null);
    }

    private static Pods ofPooler(GenericKubernetesResource pooler) {
        var labels = new HashMap<String, String>(pooler.get("spec", "template", "metadata", "labels"));
        labels.put("cnpg.io/poolerName", pooler.getMetadata().getName());
        return new Pods(name(pooler), labels, Map.of("pgbouncer", 5432, "metrics", 9127), null);
    }

    private static String name(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getName();
    }

    boolean match(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    /// Understands `In`, which is all that the manifests use.
    boolean match(LabelSelector selector) {
        return match(Objects.requireNonNullElse(selector.getMatchLabels(), Map.of()))
                && selector.getMatchExpressions().stream()
                        .allMatch(it ->
                                it.getOperator().equals("In") && it.getValues().contains(labels.get(it.getKey())));
    }

    boolean listenOn(IntOrString port) {
        return port.getStrVal() != null ? ports.containsKey(port.getStrVal()) : ports.containsValue(port.getIntVal());
    }
}
