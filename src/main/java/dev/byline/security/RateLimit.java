package dev.byline.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.byline.http.ProblemAnswer;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// So many requests a minute for each caller: for the subject of a token, for an address where there is none. Off
/// unless a number is set. Each process counts for itself.
///
/// The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
@Singleton
public class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int AFTER_AUTHENTICATION =
            (SecurityHandlerPriorities.AUTHENTICATION + SecurityHandlerPriorities.AUTHORIZATION) / 2;

    /// A caller who comes after so many others starts anew, which lets her off rather than filling the memory.
    private static final int MOST_CALLERS = 20_000;

    private final int limit;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_CALLERS).build();

    RateLimit(@ConfigProperty(name = "byline.security.requests-per-minute") int limit) {
        this.limit = limit;
    }

    void install(@Observes Filters filters) {
        if (limit > 0) {
            filters.register(this::count, AFTER_AUTHENTICATION);
        }
    }

    private void count(RoutingContext request) {
        var probe = buckets.get(Caller.nameOf(request), caller -> bucket()).tryConsumeAndReturnRemaining(1);
        request.response()
                .putHeader("RateLimit-Policy", "\"caller\";q=" + limit + ";w=" + WINDOW.toSeconds())
                .putHeader(
                        "RateLimit",
                        "\"caller\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
        if (probe.isConsumed()) {
            request.next();
        } else {
            var detail = "One caller may send " + limit + " requests a minute.";
            ProblemAnswer.send(
                    request,
                    new ProblemException(ProblemType.TOO_MANY_REQUESTS, detail)
                            .with("Retry-After", String.valueOf(seconds(probe.getNanosToWaitForRefill()))));
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, WINDOW))
                .build();
    }

    /// Rounded up: who comes back then is let in.
    private static long seconds(long nanos) {
        return Duration.ofNanos(nanos).plusMillis(999).toSeconds();
    }
}
