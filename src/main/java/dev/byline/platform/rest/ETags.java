package dev.byline.platform.rest;

import static dev.byline.platform.problem.ProblemType.STALE;
import static jakarta.ws.rs.core.HttpHeaders.ETAG;
import static jakarta.ws.rs.core.HttpHeaders.IF_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;

import dev.byline.platform.http.EntityTags;
import dev.byline.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// The version of a row as a strong entity tag, `"3"`, and the conditions of RFC 9110, section 13, on it.
public final class ETags {

    private ETags() {}

    /// Lets a write go on only if the row still has the version that the client has seen.
    ///
    /// @throws ProblemException 412, with the current entity tag
    static void check(RoutingContext request, long version) {
        check(request, tag(version));
        if (isKnown(request, tag(version))) {
            throw stale(tag(version), "The row is at version " + version + " now, which If-None-Match rules out.");
        }
    }

    /// @param tag of what is there now; null where it has none
    /// @throws ProblemException 412 when `If-Match` does not match it
    static void check(RoutingContext request, String tag) {
        var sent = tags(request, IF_MATCH);
        if (sent.isEmpty() || sent.get().fitStrongly(tag)) {
            return;
        }
        if (tag == null || tag.startsWith("W/")) {
            throw stale(tag, "If-Match needs a strong entity tag, and this has none: leave If-Match out.");
        }
        var detail = sent.get().areAllWeak()
                ? "If-Match never fits a weak entity tag (W/): the row's own is " + tag + " now."
                : "The row is at version " + tag.replace("\"", "") + " now: read it again, then decide.";
        throw stale(tag, detail);
    }

    static ProblemException stale(long version, String detail) {
        return stale(tag(version), detail);
    }

    private static ProblemException stale(String tag, String detail) {
        var refusal = new ProblemException(STALE, detail);
        return tag == null ? refusal : refusal.with(ETAG, tag);
    }

    /// Whether the client has this version already.
    static boolean isKnown(RoutingContext request, String tag) {
        return tags(request, IF_NONE_MATCH).filter(tags -> tags.fitWeakly(tag)).isPresent();
    }

    private static Optional<EntityTags> tags(RoutingContext request, String header) {
        return EntityTags.of(header, request.request().headers().getAll(header));
    }

    /// The row with its entity tag.
    public static <T> RestResponse<T> ok(T view, long version) {
        return ResponseBuilder.ok(view).header(ETAG, tag(version)).build();
    }

    /// @param location the path of the new row: without a host, because it would be wrong behind a proxy
    public static <T> RestResponse<T> created(String location, T view, long version) {
        return ResponseBuilder.<T>create(RestResponse.Status.CREATED)
                .entity(view)
                .header(HttpHeaders.LOCATION, location)
                .header(ETAG, tag(version))
                .build();
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }
}
