package dev.byline.platform.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// The token that a request brings in its header `Authorization` (RFC 6750).
final class BearerToken {

    private static final String SCHEME = "Bearer";

    private BearerToken() {}

    /// What stands after the scheme, whose case does not matter (RFC 9110, section 11.1); empty where there is no
    /// header or one of another scheme.
    static Optional<String> of(HttpServerRequest request) {
        var sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || !sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var rest = sent.substring(SCHEME.length());
        return rest.isEmpty() || rest.startsWith(" ") ? Optional.of(rest.strip()) : Optional.empty();
    }
}
