package dev.byline.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What lets an update lose no request, as far as the manifests decide it. `k8s/tests/rolling-update.sh` tries it.
class UpdateTest {

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void aPodGoesOnlyWhenAnotherServes(Manifests manifests) {
        manifests.all(Deployment.class).map(Deployment::getSpec).forEach(spec -> {
            assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal(), is(0));
            spec.getTemplate().getSpec().getTopologySpreadConstraints().forEach(constraint -> {
                assertThat(constraint.getMatchLabelKeys(), hasItem("pod-template-hash"));
                assertThat(constraint.getLabelSelector(), is(spec.getSelector()));
            });
        });
        assertThat("the autoscaler owns the number", service(manifests).getReplicas(), is(nullValue()));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void aPodHasTheTimeToDrain(Manifests manifests) {
        var pod = service(manifests).getTemplate().getSpec();
        var sleep = Duration.ofSeconds(
                container(pod).getLifecycle().getPreStop().getSleep().getSeconds());
        var delay = setting(manifests, "QUARKUS_SHUTDOWN_DELAY");
        var timeout = setting(manifests, "QUARKUS_SHUTDOWN_TIMEOUT");
        assertThat(
                Duration.ofSeconds(pod.getTerminationGracePeriodSeconds()),
                greaterThan(sleep.plus(delay).plus(timeout)));
        // The connection budget counts on it: one batch has drained before the next starts to.
        assertThat(
                Duration.ofSeconds(service(manifests).getMinReadySeconds()), greaterThanOrEqualTo(sleep.plus(delay)));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void probesAskWhatTheyMean(Manifests manifests) {
        var container = container(service(manifests).getTemplate().getSpec());
        var startup = container.getStartupProbe();
        assertThat(startup.getHttpGet().getPath(), is("/q/health/started"));
        assertThat(container.getReadinessProbe().getHttpGet().getPath(), is("/q/health/ready"));
        assertThat(container.getLivenessProbe().getHttpGet().getPath(), is("/q/health/live"));
        for (var probe : List.of(startup, container.getReadinessProbe(), container.getLivenessProbe())) {
            assertThat(probe.getHttpGet().getPort().getStrVal(), is("management"));
        }
        assertThat(
                "an update has failed only after its pods gave up waiting for the migration",
                service(manifests).getProgressDeadlineSeconds(),
                greaterThan(startup.getPeriodSeconds() * startup.getFailureThreshold()));
    }

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void theJobMigratesAsOwnerOnThePrimaryAndPodsDoNot(Manifests manifests) {
        var job = manifests
                .all(Job.class)
                .filter(it -> it.getMetadata().getName().startsWith("byline-migrate-"))
                .findFirst()
                .orElseThrow();
        var env = container(job.getSpec().getTemplate().getSpec()).getEnv();
        var values = env.stream()
                .filter(it -> it.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        assertThat(values.get("QUARKUS_INIT_AND_EXIT"), is("true"));
        assertThat(values.get("QUARKUS_LIQUIBASE_MIGRATE_AT_START"), is("true"));
        assertThat(values.get("QUARKUS_DATASOURCE_JDBC_URL"), containsString("//byline-db-rw:5432/"));
        assertThat(values.get("QUARKUS_DATASOURCE_JDBC_URL"), containsString("socketTimeout=0"));
        var secrets = env.stream()
                .filter(it -> it.getValueFrom() != null)
                .map(it -> it.getValueFrom().getSecretKeyRef().getName())
                .collect(Collectors.toSet());
        secrets.forEach(name -> assertThat(name, containsString("byline-database-owner")));

        var settings = manifests.settings().getData();
        assertThat(settings.get("QUARKUS_LIQUIBASE_MIGRATE_AT_START"), is("false"));
        assertThat(settings.get("QUARKUS_DATASOURCE_JDBC_URL"), containsString("//byline-pooler:5432/"));
    }

    private static DeploymentSpec service(Manifests manifests) {
        return manifests.the(Deployment.class, "byline").getSpec();
    }

    private static Container container(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private static Duration setting(Manifests manifests, String name) {
        return Duration.parse("PT" + manifests.settings().getData().get(name));
    }
}
