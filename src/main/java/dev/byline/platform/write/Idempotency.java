package dev.byline.platform.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.platform.http.Prefer;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.security.CurrentCaller;
import dev.byline.platform.upload.Upload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// `Idempotency-Key`, by draft-ietf-httpapi-idempotency-key-header: a request that is sent again is not executed
/// again. Only successful requests are remembered: a refused request has changed nothing, and may be repeated.
@Singleton
public record Idempotency(
        ObjectMapper json,
        CurrentCaller caller,
        IdempotencyQuota quota,
        @ConfigProperty(name = "byline.idempotency.keep") Duration kept) {

    public static final String HEADER = "Idempotency-Key";

    /// Says that the answer is the stored answer of the first request.
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final int LONGEST = 255;

    /// The key of the request, empty where it has none. It is a structured string, as the draft defines it, or the
    /// bare text that most clients send.
    ///
    /// @throws ProblemException 400 when the key is invalid
    static Optional<String> key(HttpServerRequest request) {
        var sent = request.headers().getAll(HEADER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        var value = sent.getFirst().strip();
        boolean isQuoted = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"");
        var key = isQuoted ? value.substring(1, value.length() - 1) : value;
        if (sent.size() > 1 || !isUsable(key, isQuoted ? ' ' : '!')) {
            throw ProblemException.ofParameter(
                    HEADER, "malformed", "must be one text of 1 to 255 visible ASCII characters");
        }
        return Optional.of(key);
    }

    private static boolean isUsable(String key, char least) {
        return !key.isEmpty()
                && key.length() <= LONGEST
                && key.chars().allMatch(c -> c >= least && c <= '~' && c != '"');
    }

    /// Does the work and stores the answer, or returns the stored answer of the first request.
    ///
    /// @throws ProblemException 409 while the first request with this key is running, 422 when it was another
    RestResponse<?> once(RoutingContext request, String key, Callable<RestResponse<?>> work) throws Exception {
        var issuer = caller.issuer();
        var subject = caller.subject();
        if (!IdempotencyKey.claim(issuer, subject, key)) {
            throw new ProblemException(ProblemType.IN_PROGRESS, "Wait for its answer, or ask again in a second.")
                    .with(HttpHeaders.RETRY_AFTER, "1");
        }
        var digest = digest(request);
        var first = IdempotencyKey.of(issuer, subject, key);
        if (first.isPresent() && !first.get().createdAt.isBefore(Instant.now().minus(kept))) {
            if (!first.get().isOf(issuer, subject) || !MessageDigest.isEqual(first.get().request, digest)) {
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "Choose a new key for each request that is not a repetition.");
            }
            return asSent(first.get()).header(REPLAYED, true).build();
        }
        first.ifPresent(expired -> {
            expired.delete();
            IdempotencyKey.flush();
        });
        var record = record(work.call());
        record.setPerson(issuer, subject);
        record.key = key;
        record.request = digest;
        record.persist();
        quota.count(issuer, subject, record.bytes());
        return asSent(record).build();
    }

    /// Removes answers of this caller if too many are stored. To be called after the transaction.
    void makeRoom() {
        quota.enforce(caller.issuer(), caller.subject());
    }

    private IdempotencyKey record(RestResponse<?> answer) throws JsonProcessingException {
        var record = new IdempotencyKey();
        record.status = answer.getStatus();
        record.headers = answer.getStringHeaders().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value))
                .collect(Collectors.joining("\n"));
        record.body = answer.getEntity() == null ? null : json.writeValueAsString(answer.getEntity());
        record.createdAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return record;
    }

    /// The first answer is made from the stored record, too, so that both are the same, byte for byte.
    private static ResponseBuilder<?> asSent(IdempotencyKey record) {
        var answer = ResponseBuilder.<Object>create(record.status).entity(record.body);
        record.headers
                .lines()
                .map(header -> header.split(": ", 2))
                .forEach(header -> answer.header(header[0], header[1]));
        return answer;
    }

    /// A digest of what identifies the request: its method, URI, media type and body, and whether it keeps the members
    /// of the server.
    private static byte[] digest(RoutingContext context) throws IOException {
        var request = context.request();
        var sha = DigestUtils.getSha256Digest();
        sha.update("%s %s\n%s\n"
                .formatted(request.method(), request.uri(), request.getHeader(HttpHeaders.CONTENT_TYPE))
                .getBytes(UTF_8));
        if (Prefer.of(request).keepsServerMembers()) {
            sha.update(Prefer.KEEP.getBytes(UTF_8));
        }
        var upload = Upload.of(context);
        if (upload.isPresent()) {
            return sha.digest(upload.get().digest());
        }
        var body = context.body().buffer();
        return body == null ? sha.digest() : sha.digest(body.getBytes());
    }
}
