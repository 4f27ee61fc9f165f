package dev.byline.platform.security;

import static dev.byline.platform.problem.ProblemType.FORBIDDEN;
import static dev.byline.platform.problem.ProblemType.UNAUTHENTICATED;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/// The answers to callers without permission: 401 or 403, with the challenge of RFC 6750.
@Singleton
public record AuthProblems(Issuer issuer, Owners owners, PublicOrigin origin) {

    private static final String REALM = "Bearer realm=\"byline\"";

    /// Without an error code, as RFC 6750 says for a request without a token.
    ProblemException noToken() {
        var detail = issuer.isKnown() ? "Send a token: Authorization: Bearer …" : Issuer.UNKNOWN;
        return refusal(UNAUTHENTICATED, detail, REALM + metadata());
    }

    /// @param failure why the token was not accepted
    public ProblemException badToken(Throwable failure) {
        return badToken(
                failure.getCause() instanceof InvalidJwtException invalid
                        ? reason(invalid)
                        : "The token is not one of this deployment's issuer.");
    }

    ProblemException badToken(String reason) {
        return refusal(UNAUTHENTICATED, reason, challenge("invalid_token", reason) + metadata());
    }

    ProblemException missingScope(String scope) {
        var detail = "This needs a token with the scope " + scope + ".";
        return refusal(FORBIDDEN, detail, challenge("insufficient_scope", detail) + ", scope=\"" + scope + "\"");
    }

    /// @param own the id of the caller's own row among the {@link Owners}
    ProblemException notOwner(Optional<Long> own) {
        var detail = own.map(id -> "You may write %s/%d and what belongs to it only.".formatted(owners.path(), id))
                .orElse("No row is yours yet: create one with POST " + owners.path() + ".");
        return refusal(
                FORBIDDEN, detail, challenge("insufficient_scope", detail) + ", scope=\"" + AccessPolicy.ADMIN + "\"");
    }

    /// RFC 9728, section 5.1
    private String metadata() {
        return origin.metadata()
                .map(url -> ", resource_metadata=\"" + url + "\"")
                .orElse("");
    }

    private static String reason(InvalidJwtException invalid) {
        if (invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "The token has expired.";
        }
        if (invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "The token is not valid yet.";
        }
        if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || invalid.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "The token is for another audience.";
        }
        if (invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID) || invalid.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "The token is from another issuer.";
        }
        return TokenRules.broken(invalid).orElse("The token's signature or form is not valid.");
    }

    /// @param description plain ASCII without quotes, as RFC 6750 demands
    private static String challenge(String error, String description) {
        return REALM + ", error=\"" + error + "\", error_description=\"" + description + "\"";
    }

    private static ProblemException refusal(ProblemType type, String detail, String challenge) {
        return new ProblemException(type, detail).with("WWW-Authenticate", challenge);
    }
}
