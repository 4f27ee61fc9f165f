package dev.byline.platform.problem;

import java.util.Locale;

/// The kinds of problem that Byline answers with. `GET /problems/{name}` describes each.
public enum ProblemType {
    MALFORMED(400, "The request cannot be read", "The body is not what its media type says, or is missing."),
    PARAMETER(
            400,
            "The request has invalid parameters",
            "`errors` names each parameter that is unknown, stands twice or has a value that cannot be used."),
    UNAUTHENTICATED(
            401,
            "This needs a valid token",
            "Send `Authorization: Bearer …`. `WWW-Authenticate` says what was wrong with the token that was sent."),
    FORBIDDEN(
            403,
            "This is not allowed",
            "`detail` says which scope is missing, whose row it is, or from which pages no browser may come."),
    NOT_FOUND(404, "There is nothing here", "No such route, or no row with this id."),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here", "The header `Allow` lists the methods that are."),
    NOT_ACCEPTABLE(406, "There is no such representation", "The request's `Accept` leaves nothing to answer with."),
    TIMEOUT(
            408,
            "The request took too long to arrive",
            "`detail` names the limit. Send fewer rows at a time, or faster."),
    CONFLICT(
            409,
            "The request conflicts with another one",
            "Read the row again, then decide whether to repeat the request."),
    REFERENCED(409, "Other rows still refer to this one", "`detail` says which, and how to move or delete them."),
    IN_PROGRESS(
            409,
            "The first request with this Idempotency-Key is still at work",
            "Repeat the request after `Retry-After` seconds: it is then answered as the first one was."),
    TOO_MANY_ROWS(
            409,
            "More rows fit than the request expects",
            "Nothing is changed. Narrow the filter, or raise `Prefer: max-affected`."),
    STALE(
            412,
            "The row has changed since it was read",
            "`If-Match`, `If-None-Match` or the `version` in the body does not fit the row's version. Read the row again, then decide."),
    UPGRADE_REQUIRED(
            426,
            "This needs HTTP/1.1",
            "An answer that breaks off looks complete over HTTP/1.0. Ask for it over HTTP/1.1; a proxy may have to be told to."),
    PRECONDITION_REQUIRED(
            428,
            "The request must say which version it is about",
            "This server takes no PUT, PATCH or DELETE of a row without `If-Match`. Read the row and send its `ETag`, or its `version` in the body of a PUT or PATCH."),
    TOO_LARGE(413, "The request is too large", "`detail` names the limit."),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not supported", "`detail` names the media types that are."),
    VALIDATION(
            422,
            "The request has invalid values",
            "`errors` names each member by its JSON Pointer (RFC 6901), with a code and a sentence. Where the body has one row a line, `line` says on which, and the pointer begins at the row."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "This Idempotency-Key belongs to another request",
            "A key names one request: its method, path, media type and body. Choose a new key for a new request."),
    TOO_MANY_REQUESTS(
            429,
            "These are too many requests",
            "Repeat the request after `Retry-After` seconds. `RateLimit-Policy` has the limit."),
    INTERNAL(
            500,
            "Something went wrong in the server",
            "Report it with the `requestId`: the server's log has the cause."),
    UNAVAILABLE(
            503,
            "The server cannot answer now",
            "It is saturated, or its database is away. Repeat the request after `Retry-After` seconds."),
    OUTCOME_UNKNOWN(
            503,
            "It is not known whether the write was stored",
            "The connection to the database was lost while it was to commit. Repeat the request with the `Idempotency-Key` of the first time; without one, look first.");

    public final int status;
    public final String title;
    public final String description;

    ProblemType(int status, String title, String description) {
        this.status = status;
        this.title = title;
        this.description = description;
    }

    /// The last part of the type's URI.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The value of a problem's `type` member: a URI relative to the service.
    public String uri() {
        return "/problems/" + slug();
    }
}
