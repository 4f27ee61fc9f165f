package dev.byline.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sums of k8s/README.md: at its largest, the service fits its poolers, and the poolers fit PostgreSQL.
class ConnectionBudgetTest {

    /// Connections of PostgreSQL that are not the service's: 3 kept for superusers, 2 of the migration, 10 for the
    /// operator and its exporter, 10 for people.
    private static final int RESERVE = 25;

    private record Pooler(String name, int pods, Map<String, String> settings, Duration grace) {

        int setting(String name) {
            return Integer.parseInt(settings.get(name));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void theServiceFitsItsPoolersWithOneOfThemLost(Manifests manifests) {
        for (var pooler : poolers(manifests)) {
            assertThat(
                    pooler.name,
                    mostPods(manifests) * connections(manifests, pooler),
                    lessThanOrEqualTo((pooler.pods - 1) * pooler.setting("max_client_conn")));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void thePoolersFitPostgreSql(Manifests manifests) {
        var most = maxConnections(manifests);
        for (var pooler : poolers(manifests)) {
            // While they are updated, the old pods drain beside the new ones.
            var atOnce = 2 * pooler.pods;
            most.forEach(connections -> assertThat(
                    pooler.name,
                    atOnce * pooler.setting("max_db_connections") + RESERVE,
                    lessThanOrEqualTo(connections)));
        }
        assertThat(
                "a database that is not ours has a budget of its own",
                most.isEmpty(),
                is(manifests.name().equals("external-database")));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void connectionsAreRenewedBeforeALeavingPoolerIsKilled(Manifests manifests) {
        for (var pooler : poolers(manifests)) {
            var lifetime = lifetime(manifests, pooler);
            assertThat(pooler.name, pooler.grace, greaterThan(Duration.parse("PT" + lifetime)));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void poolersLendConnectionsForATransactionAndKnowPreparedStatements(Manifests manifests) {
        assertThat(poolers(manifests), is(not(List.of())));
        for (var pooler : poolers(manifests)) {
            assertThat(pooler.name, pooler.settings.get("pool_mode"), is("transaction"));
            assertThat(pooler.name, pooler.setting("max_prepared_statements"), greaterThan(0));
            assertThat(
                    pooler.name,
                    pooler.setting("default_pool_size"),
                    lessThanOrEqualTo(pooler.setting("max_db_connections")));
        }
    }

    /// Those that serve, those that an update adds, and as many that still drain.
    private static int mostPods(Manifests manifests) {
        var max =
                manifests.the(HorizontalPodAutoscaler.class, "byline").getSpec().getMaxReplicas();
        var surge = manifests
                .the(Deployment.class, "byline")
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge();
        var more = surge.getIntVal() != null
                ? surge.getIntVal()
                : Math.ceilDiv(max * Integer.parseInt(surge.getStrVal().replace("%", "")), 100);
        return max + 2 * more;
    }

    /// Those of a pod: its pool, and beside it one by which it follows the replica, where there is one.
    private static int connections(Manifests manifests, Pooler pooler) {
        int watch = manifests.settings().getData().containsKey("QUARKUS_DATASOURCE_REPLICA_JDBC_URL") ? 1 : 0;
        return Integer.parseInt(setting(manifests, pooler, "MAX_SIZE")) + watch;
    }

    /// The longest: its own, or that of all pools.
    private static String lifetime(Manifests manifests, Pooler pooler) {
        var settings = manifests.settings().getData();
        return settings.getOrDefault(
                datasource(manifests, pooler) + "MAX_LIFETIME", settings.get("BYLINE_DATABASE_MAX_LIFETIME"));
    }

    private static String setting(Manifests manifests, Pooler pooler, String name) {
        var datasource = datasource(manifests, pooler);
        return Objects.requireNonNull(manifests.settings().getData().get(datasource + name), datasource + name);
    }

    /// How the settings of the pool begin that connects to this pooler: the datasource whose URL names it.
    private static String datasource(Manifests manifests, Pooler pooler) {
        return manifests.settings().getData().entrySet().stream()
                .filter(entry -> entry.getValue().contains("//" + pooler.name + ":"))
                .map(entry -> entry.getKey().replaceFirst("URL$", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody connects to " + pooler.name));
    }

    private static List<Pooler> poolers(Manifests manifests) {
        var own = manifests
                .all(Deployment.class)
                .filter(it -> it.getMetadata().getName().startsWith("byline-pooler"))
                .map(it ->
                        new Pooler(it.getMetadata().getName(), it.getSpec().getReplicas(), ini(manifests), grace(it)));
        var operators = manifests.custom("Pooler").map(it -> {
            var spec = Manifests.SERIALIZATION.convertValue(it.get("spec"), JsonNode.class);
            var settings = new HashMap<>(
                    Map.of("pool_mode", spec.at("/pgbouncer/poolMode").asText()));
            spec.at("/pgbouncer/parameters")
                    .properties()
                    .forEach(entry ->
                            settings.put(entry.getKey(), entry.getValue().asText()));
            var grace = spec.at("/template/spec/terminationGracePeriodSeconds").asLong();
            return new Pooler(
                    it.getMetadata().getName(), spec.get("instances").asInt(), settings, Duration.ofSeconds(grace));
        });
        return Stream.concat(own, operators).toList();
    }

    private static Duration grace(Deployment deployment) {
        return Duration.ofSeconds(deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
    }

    private static Map<String, String> ini(Manifests manifests) {
        var text = manifests
                .all(ConfigMap.class)
                .map(map -> map.getData().get("pgbouncer.ini"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        var settings = new HashMap<String, String>();
        Pattern.compile("(?m)^(\\w+) = (.*)$")
                .matcher(text)
                .results()
                .forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    /// Of each PostgreSQL that the manifests bring.
    private static List<Integer> maxConnections(Manifests manifests) {
        var operators = manifests
                .custom("Cluster")
                .map(it -> it.<String>get("spec", "postgresql", "parameters", "max_connections"));
        var own = manifests.pods().stream()
                .filter(pods -> pods.spec() != null)
                .flatMap(pods -> pods.spec().getContainers().stream())
                .flatMap(container -> container.getArgs().stream())
                .filter(argument -> argument.startsWith("max_connections="))
                .map(argument -> argument.substring("max_connections=".length()));
        return Stream.concat(operators, own).map(Integer::valueOf).toList();
    }
}
