package dev.byline.platform.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// The token in a request's `Authorization` header (RFC 6750).
final class BearerToken {

    private static final String SCHEME = "Bearer";

    private BearerToken() {}

    /// The text after the scheme, which is case-insensitive (RFC 9110, section 11.1). Empty if there is no such
    /// header or it has another scheme.
    static Optional<String> of(HttpServerRequest request) {
        var sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || !sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var rest = sent.substring(SCHEME.length());
        return rest.isEmpty() || rest.startsWith(" ") ? Optional.of(rest.strip()) : Optional.empty();
    }
}
