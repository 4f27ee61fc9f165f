package dev.byline.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.ProblemResponse;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Limits the requests of each caller in a minute. The caller is the subject of the token, or the address if there
/// is no token. The same number limits the refused tokens of one address. Off by default. Each process counts
/// separately.
///
/// The headers follow draft-ietf-httpapi-ratelimit-headers-10.
@Singleton
public class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int BEFORE_TOKENS = TokenAuthentication.ORDER + 1;
    private static final int AFTER_AUTHENTICATION =
            (SecurityHandlerPriorities.AUTHENTICATION + SecurityHandlerPriorities.AUTHORIZATION) / 2;

    /// Bounds the memory: of more callers, the rarest are forgotten and start again with their full number.
    private static final int MOST_CALLERS = 20_000;

    private final int limit;
    private final ClientAddress addresses;
    private final VerifiedTokenCache tokens;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_CALLERS).build();

    RateLimit(
            @ConfigProperty(name = "byline.security.requests-per-minute") int limit,
            ClientAddress addresses,
            VerifiedTokenCache tokens) {
        this.limit = limit;
        this.addresses = addresses;
        this.tokens = tokens;
    }

    void install(@Observes Filters filters) {
        if (limit > 0) {
            filters.register(this::countFailures, BEFORE_TOKENS);
            filters.register(this::count, AFTER_AUTHENTICATION);
        }
    }

    /// Counts a refused token for its address. After too many of them, further tokens of that address are refused
    /// without being verified. A token that was valid within the last hour is still verified: callers may share
    /// the address.
    private void countFailures(RoutingContext request) {
        var token = BearerToken.of(request.request());
        if (token.isEmpty()) {
            request.next();
            return;
        }
        var key = "tokens of " + addressOf(request);
        var failures = buckets.getIfPresent(key);
        var probe = failures == null ? null : failures.estimateAbilityToConsume(1);
        if (probe == null || probe.canBeConsumed() || tokens.knows(token.get())) {
            request.addHeadersEndHandler(answer -> {
                if (request.response().getStatusCode() == ProblemType.UNAUTHENTICATED.status) {
                    buckets.get(key, address -> bucket()).tryConsume(1);
                }
            });
            request.next();
        } else {
            request.response().putHeader("RateLimit-Policy", policy("refused-tokens"));
            var detail = limit + " tokens a minute from one address may be refused.";
            refuse(request, detail, probe.getNanosToWaitForRefill());
        }
    }

    private void count(RoutingContext request) {
        var caller = CurrentCaller.nameOf(request).orElseGet(() -> addressOf(request));
        var probe = buckets.get(caller, name -> bucket()).tryConsumeAndReturnRemaining(1);
        request.response()
                .putHeader("RateLimit-Policy", policy("caller"))
                .putHeader(
                        "RateLimit",
                        "\"caller\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
        if (probe.isConsumed()) {
            request.next();
        } else {
            var detail = "One caller may send " + limit + " requests a minute.";
            refuse(request, detail, probe.getNanosToWaitForRefill());
        }
    }

    private static void refuse(RoutingContext request, String detail, long nanosToWait) {
        ProblemResponse.send(
                request,
                new ProblemException(ProblemType.TOO_MANY_REQUESTS, detail)
                        .with("Retry-After", String.valueOf(seconds(nanosToWait))));
    }

    private String addressOf(RoutingContext request) {
        return Addresses.subscriber(addresses.of(request));
    }

    private String policy(String name) {
        return "\"" + name + "\";q=" + limit + ";w=" + WINDOW.toSeconds();
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, WINDOW))
                .build();
    }

    /// Rounded up, so that a retry after that time is admitted.
    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).plusMillis(999).toSeconds();
    }
}
