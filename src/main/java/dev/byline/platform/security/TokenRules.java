package dev.byline.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwt.consumer.Validator;

/// What a token must be beside signed, in time and made for this service: an access token that needs no proof, of a
/// person whom the database and the log can name. Quarkus asks this whenever it verifies a token.
@Singleton
@Unremovable // Quarkus looks it up by its type
public class TokenRules implements Validator {

    static final String ISSUER =
            "The token's iss must have 1 to 500 characters, without white space and control characters.";
    static final String SUBJECT = "The token's sub must have 1 to 255 characters, and not NUL.";
    static final String BOUND = "The token is bound to a proof (cnf), and this service checks none.";
    static final String ID_TOKEN = "This is an ID token (at_hash or c_hash), not an access token.";
    static final String CLAIM = "This is not an access token: its claim typ is not Bearer.";
    static final String HEADER = "This is not an access token: the typ of its header is neither JWT nor at+jwt.";
    static final String OTHER_HEADER = "The typ of the token's header is not the one that this deployment demands.";

    private static final Set<String> REASONS = Set.of(ISSUER, SUBJECT, BOUND, ID_TOKEN, CLAIM, HEADER, OTHER_HEADER);

    /// So long is the column of the owners that keeps it.
    private static final int LONGEST_ISSUER = 500;

    /// OpenID Connect Core, section 2, and so long is the column of the owners that keeps it.
    private static final int LONGEST_SUBJECT = 255;

    /// RFC 7519, section 5.1, and RFC 9068, section 2.1.
    private static final Set<String> ACCESS_TOKENS = Set.of("jwt", "at+jwt");

    private final Optional<String> type;

    TokenRules(@ConfigProperty(name = "byline.security.token-type") Optional<String> type) {
        this.type = type.map(TokenRules::mediaType);
    }

    /// Which of these rules a token has broken, if it is one of these.
    static Optional<String> broken(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream()
                .map(ErrorCodeValidator.Error::getErrorMessage)
                .filter(REASONS::contains)
                .findFirst();
    }

    /// @return the reason why it is refused, which clients see, else null
    @Override
    public String validate(JwtContext token) throws MalformedClaimException {
        var claims = token.getJwtClaims();
        if (!isIssuer(claims.getIssuer())) {
            return ISSUER;
        }
        if (!isSubject(claims.getSubject())) {
            return SUBJECT;
        }
        if (claims.hasClaim("cnf")) { // RFC 7800, as in RFC 9449 and RFC 8705
            return BOUND;
        }
        if (isIdToken(claims)) {
            return ID_TOKEN;
        }
        if (!isBearer(claims.getClaimValue("typ"))) {
            return CLAIM;
        }
        return header(token.getJoseObjects().getFirst().getHeaders().getObjectHeaderValue("typ"));
    }

    private static boolean isIssuer(String issuer) {
        return issuer != null
                && !issuer.isEmpty()
                && issuer.length() <= LONGEST_ISSUER
                && issuer.codePoints().noneMatch(TokenRules::isBlankOrControl)
                && UTF_8.newEncoder().canEncode(issuer);
    }

    private static boolean isBlankOrControl(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /// Half a character of UTF-16 would be stored as a question mark: two people would be one.
    private static boolean isSubject(String subject) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.indexOf('\0') < 0
                && UTF_8.newEncoder().canEncode(subject);
    }

    /// OpenID Connect Core, section 3.3.2.11: hashes of what came with it.
    private static boolean isIdToken(JwtClaims claims) {
        return claims.hasClaim("at_hash") || claims.hasClaim("c_hash");
    }

    /// Keycloak's: ID, Refresh, Offline, Logout and DPoP are its other tokens. Most issuers have no such claim.
    private static boolean isBearer(Object type) {
        return type == null || type instanceof String text && text.equalsIgnoreCase("Bearer");
    }

    private String header(Object sent) {
        var found = sent == null ? Optional.<String>empty() : Optional.of(mediaType(sent.toString()));
        if (type.isPresent()) {
            return found.equals(type) ? null : OTHER_HEADER;
        }
        return found.isEmpty() || ACCESS_TOKENS.contains(found.get()) ? null : HEADER;
    }

    /// RFC 7515, section 4.1.9: the prefix may be left out, and case does not matter.
    private static String mediaType(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
