package dev.byline.http;

import static dev.byline.problem.ProblemType.STALE;
import static jakarta.ws.rs.core.HttpHeaders.ETAG;
import static jakarta.ws.rs.core.HttpHeaders.IF_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;

import dev.byline.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// The version of a row as a strong entity tag, `"3"`, and the conditions of RFC 9110, section 13, on it.
public final class ETags {

    private ETags() {}

    /// Lets a write go on only if the row still has the version that the client has seen.
    ///
    /// @throws ProblemException 412, with the current entity tag
    public static void check(HttpHeaders request, long version) {
        var sent = request.getRequestHeader(IF_MATCH);
        if (!sent.isEmpty() && !matches(sent, version, false)
                || matches(request.getRequestHeader(IF_NONE_MATCH), version, true)) {
            throw new ProblemException(STALE, "The row is at version " + version + " now: read it again, then decide.")
                    .with(ETAG, tag(version));
        }
    }

    /// The row, or 304 without it where the client has this version already.
    public static <T> RestResponse<T> ok(HttpHeaders request, T view, long version) {
        return matches(request.getRequestHeader(IF_NONE_MATCH), version, true)
                ? ResponseBuilder.<T>create(RestResponse.Status.NOT_MODIFIED)
                        .header(ETAG, tag(version))
                        .build()
                : ok(view, version);
    }

    public static <T> RestResponse<T> ok(T view, long version) {
        return ResponseBuilder.ok(view).header(ETAG, tag(version)).build();
    }

    /// @param location the path of the new row: without a host, which behind a proxy would be the wrong one
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

    private static boolean matches(List<String> headers, long version, boolean weakly) {
        var tag = tag(version);
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .anyMatch(sent -> sent.equals("*") || sent.equals(tag) || weakly && sent.equals("W/" + tag));
    }
}
