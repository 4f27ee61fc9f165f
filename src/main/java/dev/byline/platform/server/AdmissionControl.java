package dev.byline.platform.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Limits how many requests run at once and how many wait. A waiting request holds no thread and waits for a
/// bounded time. All others are refused before they cost anything. So under any load admitted requests are served
/// at full speed, and threads, memory and the wait for a connection are bounded. Health and metrics use another
/// port.
///
/// Lists may take only some of the places. Lists that may be expensive for the database and come without a token
/// may take only a few of those. So single rows can be read and written, however many lists clients ask for.
@Singleton
public class AdmissionControl {

    private static final int AFTER_BODY = 50;
    private static final long NANOS_BETWEEN_LOGS = SECONDS.toNanos(10);

    /// A list with only these parameters costs no more than reading the rows that it returns.
    private static final Set<String> CHEAP = Set.of("limit", "cursor", "fields", "embed", "id");

    private final Lane all;
    private final Lane lists;
    private final Lane expensiveLists;
    private final long maxWaitMillis;
    private final Sender sender;
    private final Counter refused;
    private long lastLog = System.nanoTime() - NANOS_BETWEEN_LOGS;

    AdmissionControl(
            @ConfigProperty(name = "byline.http.max-running") int maxRunning,
            @ConfigProperty(name = "byline.http.max-lists") int maxLists,
            @ConfigProperty(name = "byline.http.max-expensive-lists") int maxExpensiveLists,
            @ConfigProperty(name = "byline.http.max-waiting") int maxWaiting,
            @ConfigProperty(name = "byline.http.max-wait") Duration maxWait,
            Sender sender,
            MeterRegistry metrics) {
        all = new Lane(maxRunning, maxWaiting);
        lists = new Lane(maxLists, maxWaiting);
        expensiveLists = new Lane(maxExpensiveLists, maxWaiting);
        this.maxWaitMillis = maxWait.toMillis();
        this.sender = sender;
        refused = Counter.builder("byline.requests.refused")
                .description("Requests that were answered 503 because too many came before them")
                .register(metrics);
        Gauge.builder("byline.requests.running", all, Lane::running)
                .description("Requests in work")
                .register(metrics);
        Gauge.builder("byline.requests.waiting", this, AdmissionControl::waiting)
                .description("Requests that wait to be begun")
                .register(metrics);
    }

    void install(@Observes Filters filters) {
        filters.register(this::enter, AFTER_BODY);
    }

    private void enter(RoutingContext request) {
        new Visit(request, lanes(request), () -> refuse(request)).begin(maxWaitMillis);
    }

    private List<Lane> lanes(RoutingContext request) {
        if (!isList(request)) {
            return List.of(all);
        }
        return sender.isAnonymous(request) && mayBeExpensive(request)
                ? List.of(expensiveLists, lists, all)
                : List.of(lists, all);
    }

    private boolean isList(RoutingContext request) {
        var method = request.request().method();
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && Route.of(request).filter(Route::isList).isPresent();
    }

    /// Whether it filters, sorts, searches, skips or counts. A filter by a foreign key is cheap: it uses an index.
    private static boolean mayBeExpensive(RoutingContext request) {
        return request.request().getHeader(Prefer.HEADER) != null
                || QueryString.of(request).keySet().stream()
                        .anyMatch(name -> !CHEAP.contains(name) && !name.endsWith("Id"));
    }

    private void refuse(RoutingContext request) {
        refused.increment();
        logNowAndThen();
        ProblemResponse.send(request, ProblemException.unavailable("Too many requests came before this one", null));
    }

    /// At most one line in ten seconds: a line for each refusal would add to the overload.
    private synchronized void logNowAndThen() {
        if (System.nanoTime() - lastLog >= NANOS_BETWEEN_LOGS) {
            lastLog = System.nanoTime();
            Log.warnf(
                    "Overloaded: %d requests in work, %d waiting, %.0f refused since the start",
                    all.running(), waiting(), refused.count());
        }
    }

    private int waiting() {
        return all.waiting() + lists.waiting() + expensiveLists.waiting();
    }
}
