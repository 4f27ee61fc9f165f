package dev.byline.platform.security;

import dev.byline.platform.server.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses a text that does not have the form of a signed token (RFC 7515, compact serialization) before it is
/// parsed. So garbage costs nothing and reaches no parser.
@Singleton
public class TokenFormatFilter {

    static final int BEFORE_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 1;
    private static final int LONGEST = 8192;

    private final AuthProblems refusals;

    TokenFormatFilter(AuthProblems refusals) {
        this.refusals = refusals;
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_AUTHENTICATION);
    }

    private void check(RoutingContext request) {
        if (BearerToken.of(request.request()).map(TokenFormatFilter::isSigned).orElse(true)) {
            request.next();
        } else {
            var reason = "This is not a signed token of at most " + LONGEST + " characters.";
            ProblemResponse.send(request, refusals.badToken(reason));
        }
    }

    /// Without a regular expression: on so long a text it took a twentieth of the time of a write.
    private static boolean isSigned(String token) {
        int payload = token.indexOf('.') + 1;
        int signature = token.indexOf('.', payload) + 1;
        return token.length() <= LONGEST
                && isBase64Url(token, 0, payload - 1)
                && isBase64Url(token, payload, signature - 1)
                && (signature == token.length() || isBase64Url(token, signature, token.length()));
    }

    private static boolean isBase64Url(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return begin < end;
    }
}
