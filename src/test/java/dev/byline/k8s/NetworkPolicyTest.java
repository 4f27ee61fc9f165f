package dev.byline.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPolicyTest {

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyPodIsDeniedByDefault(Manifests manifests) {
        var policy = manifests.the(NetworkPolicy.class, "default-deny").getSpec();
        assertEquals(new LabelSelector(), policy.getPodSelector());
        assertEquals(Set.of("Ingress", "Egress"), Set.copyOf(policy.getPolicyTypes()));
        assertTrue(policy.getIngress().isEmpty() && policy.getEgress().isEmpty());
    }

    /// Both ends must allow it: who may leave for somewhere must be let in there.
    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyEdgeIsAllowedAtBothEnds(Manifests manifests) {
        assertEquals(edges(manifests, true), edges(manifests, false));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void onlyTheKnownEdgesAreAllowed(Manifests manifests) {
        var edges = new TreeSet<>(Set.of("service > pooler"));
        if (!manifests.name().equals("external-database")) {
            edges.addAll(Set.of("pooler > database", "migration > database"));
        }
        if (manifests.custom("Cluster").findAny().isPresent()) {
            edges.add("database > database");
        }
        if (manifests.name().equals("dev-under-load")) {
            edges.add("load > service");
        }
        assertEquals(edges, edges(manifests, true));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void everyPolicyIsAboutPodsAndPortsThatExist(Manifests manifests) {
        assertAll(manifests.all(NetworkPolicy.class).map(policy -> () -> {
            var name = policy.getMetadata().getName();
            var here = choose(manifests, policy.getSpec().getPodSelector(), name);
            policy.getSpec().getIngress().forEach(rule -> {
                inside(rule.getFrom()).forEach(there -> choose(manifests, there, name));
                assertListening(here, rule.getPorts(), name);
            });
            policy.getSpec().getEgress().forEach(rule -> inside(rule.getTo())
                    .forEach(there -> assertListening(choose(manifests, there, name), rule.getPorts(), name)));
        }));
    }

    /// `from > to` of every pair of components that the policies, seen from one end, let talk.
    private static Set<String> edges(Manifests manifests, boolean leaving) {
        var edges = new TreeSet<String>();
        for (var policy : manifests.all(NetworkPolicy.class).toList()) {
            var spec = policy.getSpec();
            var peers = leaving
                    ? spec.getEgress().stream().flatMap(rule -> inside(rule.getTo()))
                    : spec.getIngress().stream().flatMap(rule -> inside(rule.getFrom()));
            for (var peer : peers.toList()) {
                for (var here : matching(manifests, spec.getPodSelector())) {
                    for (var there : matching(manifests, peer)) {
                        edges.add(leaving ? edge(here, there) : edge(there, here));
                    }
                }
            }
        }
        return edges;
    }

    private static String edge(Pods from, Pods to) {
        return component(from) + " > " + component(to);
    }

    private static String component(Pods pods) {
        return pods.labels().get("app.kubernetes.io/component");
    }

    /// The peers of the same namespace.
    private static Stream<LabelSelector> inside(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .filter(peer -> peer.getNamespaceSelector() == null)
                .map(NetworkPolicyPeer::getPodSelector);
    }

    private static List<Pods> choose(Manifests manifests, LabelSelector selector, String what) {
        var chosen = matching(manifests, selector);
        // The base names the pods of the database; where it is outside of the cluster there are none.
        var elsewhere = manifests.name().equals("external-database")
                && selector.getMatchLabels().containsValue("database");
        assertTrue(elsewhere || !chosen.isEmpty(), what + " selects no pods");
        return chosen;
    }

    private static List<Pods> matching(Manifests manifests, LabelSelector selector) {
        return manifests.pods().stream().filter(pods -> pods.match(selector)).toList();
    }

    private static void assertListening(List<Pods> pods, List<NetworkPolicyPort> ports, String what) {
        pods.forEach(it -> ports.forEach(port ->
                assertTrue(it.listenOn(port.getPort()), what + ": " + it.owner() + " lacks " + port.getPort())));
    }
}
