package dev.byline.platform.problem;

import dev.byline.platform.problem.Problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ends a request with a problem.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<Violation> errors;
    private final Long badRows;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /// @param detail what happened this time and what to do about it; shown to the client
    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, detail, List.of(), null, cause);
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null, null);
    }

    public ProblemException(ProblemType type, List<Violation> errors) {
        this(type, null, errors, null, null);
    }

    ProblemException(ProblemType type, String detail, List<Violation> errors) {
        this(type, detail, errors, null, null);
    }

    /// The body cannot be read: 400.
    public static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED, detail);
    }

    /// A query parameter or header is invalid: 400.
    public static ProblemException ofParameter(String name, String code, String detail) {
        return new ProblemException(ProblemType.PARAMETER, List.of(Violation.ofParameter(name, code, detail)));
    }

    /// A member of the body is invalid: 422.
    public static ProblemException ofMember(String pointer, String code, String detail) {
        return new ProblemException(ProblemType.VALIDATION, List.of(Violation.ofMember(pointer, code, detail)));
    }

    private ProblemException(ProblemType type, String detail, List<Violation> errors, Long badRows, Throwable cause) {
        // No stack trace: this is an answer to the client. If the server has failed, the cause has a stack trace.
        super(detail, cause, false, false);
        this.type = type;
        this.errors = errors;
        this.badRows = badRows;
    }

    /// Rows of a bulk request that have invalid values.
    ///
    /// @param badRows how many there are; `errors` may list only the first ones
    public static ProblemException ofRows(String detail, List<Violation> errors, long badRows) {
        return new ProblemException(ProblemType.VALIDATION, detail, errors, badRows, null);
    }

    /// A temporary failure: 503. The client may retry after one second.
    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail, cause).with("Retry-After", "1");
    }

    /// Adds a header to the answer.
    public ProblemException with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public List<Violation> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Problem problem(String path, String requestId) {
        return new Problem(
                type.uri(),
                type.title,
                type.status,
                getMessage(),
                path,
                type.status >= 500 ? requestId : null,
                errors,
                badRows);
    }
}
