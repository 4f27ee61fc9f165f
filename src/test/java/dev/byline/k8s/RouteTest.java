package dev.byline.k8s;

import static java.util.stream.Collectors.partitioningBy;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import dev.byline.Settings;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A gateway that gives up before the service does hides the service's own answer.
class RouteTest {

    @ParameterizedTest
    @MethodSource("dev.byline.k8s.Manifests#all")
    void waitsLongerThanTheService(Manifests manifests) {
        // To arrive, and again to be stored. The longest export is shorter.
        var stream = setting("byline.bulk.timeout").multipliedBy(2);
        var wait = setting("quarkus.datasource.jdbc.acquisition-timeout").plus(setting("byline.http.max-wait"));
        var other = setting("quarkus.transaction-manager.default-transaction-timeout")
                .plus(wait);
        assertThat(stream, greaterThan(setting("byline.export.timeout").plus(wait)));
        manifests.all(HTTPRoute.class).forEach(route -> {
            var rules = route.getSpec().getRules().stream().collect(partitioningBy(RouteTest::isOfStreams));
            assertThat(rules.get(true), hasSize(1));
            assertThat(rules.get(true).stream().map(RouteTest::timeout).toList(), everyItem(greaterThan(stream)));
            assertThat(rules.get(false).stream().map(RouteTest::timeout).toList(), everyItem(greaterThan(other)));
        });
    }

    private static boolean isOfStreams(HTTPRouteRule rule) {
        return rule.getMatches().stream().noneMatch(match -> match.getHeaders().isEmpty());
    }

    private static Duration timeout(HTTPRouteRule rule) {
        return duration(rule.getTimeouts().getRequest());
    }

    private static Duration setting(String name) {
        return duration(Settings.inThePackage().getProperty(name));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
