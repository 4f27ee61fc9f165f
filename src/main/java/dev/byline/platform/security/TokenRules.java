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

/// Checks a token beyond its signature, lifetime and audience. It must be an access token without proof of
/// possession, and its `iss` and `sub` must fit the database and the log. Quarkus calls this with each
/// verification.
@Singleton
@Unremovable // Quarkus looks it up by its type
public record TokenRules(
        @ConfigProperty(name = "byline.security.token-type") Optional<String> type) implements Validator {

    static final String ISSUER =
            "The token's iss must have 1 to 500 characters, without white space and control characters.";
    static final String SUBJECT = "The token's sub must have 1 to 255 characters, and not NUL.";
    static final String BOUND = "The token is bound to a proof (cnf), and this service checks none.";
    static final String ID_TOKEN = "This is an ID token (at_hash or c_hash), not an access token.";
    static final String CLAIM = "This is not an access token: its claim typ is not Bearer.";
    static final String HEADER = "This is not an access token: the typ of its header is neither JWT nor at+jwt.";
    static final String OTHER_HEADER = "The typ of the token's header is not the one that this deployment demands.";

    private static final Set<String> REASONS = Set.of(ISSUER, SUBJECT, BOUND, ID_TOKEN, CLAIM, HEADER, OTHER_HEADER);

    /// The length of the owners' column that stores it.
    private static final int LONGEST_ISSUER = 500;

    /// OpenID Connect Core, section 2, and the length of the owners' column that stores it.
    private static final int LONGEST_SUBJECT = 255;

    /// RFC 7519, section 5.1, and RFC 9068, section 2.1.
    private static final Set<String> ACCESS_TOKENS = Set.of("jwt", "at+jwt");

    /// The rule of this class that a token has broken. Empty if the reason is another one.
    static Optional<String> broken(InvalidJwtException invalid) {
        return invalid.getErrorDetails().stream()
                .map(ErrorCodeValidator.Error::getErrorMessage)
                .filter(REASONS::contains)
                .findFirst();
    }

    /// @return the reason for the refusal, which clients see, or null if the token is accepted
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

    /// A lone surrogate of UTF-16 would be stored as a question mark. Then two people could become one.
    private static boolean isSubject(String subject) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.indexOf('\0') < 0
                && UTF_8.newEncoder().canEncode(subject);
    }

    /// Only ID tokens have these hashes (OpenID Connect Core, section 3.3.2.11).
    private static boolean isIdToken(JwtClaims claims) {
        return claims.hasClaim("at_hash") || claims.hasClaim("c_hash");
    }

    /// Of Keycloak. Other values are ID, Refresh, Offline, Logout and DPoP. Most issuers have no such claim.
    private static boolean isBearer(Object type) {
        return type == null || type instanceof String text && text.equalsIgnoreCase("Bearer");
    }

    private String header(Object sent) {
        var found = sent == null ? Optional.<String>empty() : Optional.of(mediaType(sent.toString()));
        if (type.isPresent()) {
            return found.equals(type.map(TokenRules::mediaType)) ? null : OTHER_HEADER;
        }
        return found.isEmpty() || ACCESS_TOKENS.contains(found.get()) ? null : HEADER;
    }

    /// RFC 7515, section 4.1.9: the prefix may be left out, and case does not matter.
    private static String mediaType(String type) {
        var lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }
}
