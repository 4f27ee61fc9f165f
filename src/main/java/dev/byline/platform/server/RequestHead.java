package dev.byline.platform.server;

import dev.byline.platform.http.EntityTags;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.http.MediaTypes.MediaType;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Checks the head of a request before anything else is read.
final class RequestHead {

    /// The longest value of a parsed header in characters, all its lines together.
    private static final int MAX_HEADER = 4000;

    private static final List<String> PARSED = List.of(
            "Accept", "Accept-Encoding", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Prefer");

    /// The registered name, and a common wrong one.
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

    private RequestHead() {}

    /// @throws ProblemException 400 or 415
    static void check(RoutingContext context) {
        var request = context.request();
        refuseAmbiguous(request);
        refuseLongHeaders(request);
        QueryString.of(context);
        refuseMalformedTags(request);
        readContentType(request);
    }

    /// Refuses what two servers could interpret differently (request smuggling). Netty's codec refuses the rest.
    private static void refuseAmbiguous(HttpServerRequest request) {
        var codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.size() > 1 || codings.size() == 1 && !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw ProblemException.malformed("The only Transfer-Encoding is chunked.")
                    .with("Connection", "close");
        }
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) { // RFC 9112, section 3.2
            throw ProblemException.malformed("Send one Host.").with("Connection", "close");
        }
    }

    private static void refuseLongHeaders(HttpServerRequest request) {
        int all = 0;
        for (var header : request.headers()) {
            all += header.getValue().length();
        }
        if (all <= MAX_HEADER) {
            return; // as nearly always: one pass costs less than a look-up of each
        }
        for (var name : PARSED) {
            if (String.join("", request.headers().getAll(name)).length() > MAX_HEADER) {
                throw ProblemException.ofParameter(name, "size", "may have " + MAX_HEADER + " characters at most");
            }
        }
    }

    private static void refuseMalformedTags(HttpServerRequest request) {
        EntityTags.of("If-Match", request.headers().getAll("If-Match"));
        try {
            EntityTags.of("If-None-Match", request.headers().getAll("If-None-Match"));
        } catch (ProblemException malformed) {
            if (BodyReader.takesBody(request.method()) || request.method().equals(HttpMethod.DELETE)) {
                throw malformed;
            }
            request.headers().remove("If-None-Match"); // then a read gets the full answer instead of a 304
        }
    }

    /// Removes the parameters of the media type. Of these, only `charset` could change how the body is read, so it
    /// is checked. If the method has no body (RFC 9110, section 9.3), the header is removed: Quarkus REST would
    /// check it.
    private static void readContentType(HttpServerRequest request) {
        if (!BodyReader.takesBody(request.method())) {
            request.headers().remove(HttpHeaders.CONTENT_TYPE);
            return;
        }
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("Send the body as it is, without Content-Encoding")
                    .with("Accept-Encoding", "identity");
        }
        var sent = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (sent.isEmpty()) {
            return;
        }
        var type = sent.size() > 1 ? Optional.<MediaType>empty() : MediaTypes.parse(sent.getFirst());
        var charset = type.orElseThrow(() -> unsupported("Send one Content-Type, such as application/json"))
                .parameters()
                .get("charset");
        if (charset != null && !UTF_8.contains(charset.toLowerCase(Locale.ROOT))) {
            throw unsupported("Send the body as UTF-8: its charset is " + Excerpt.of(charset));
        }
        request.headers().set(HttpHeaders.CONTENT_TYPE, type.get().essence());
    }

    private static ProblemException unsupported(String detail) {
        return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
