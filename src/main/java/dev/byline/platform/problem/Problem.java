package dev.byline.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What went wrong, by RFC 9457, as `application/problem+json`.
///
/// @param instance the path of the request
/// @param badRows how many rows of a bulk request are invalid; `errors` lists the first hundred
/// @param requestId the id of the request in the server's log; only for server errors (5xx)
@RegisterForReflection // only exception mappers return it, and the build does not analyze them
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem")
public record Problem(
        @Schema(required = true, examples = "/problems/validation")
        String type,

        @Schema(required = true, examples = "The request has invalid values")
        String title,

        @Schema(required = true, examples = "422") int status,
        String detail,
        @Schema(required = true, examples = "/things/7") String instance,
        String requestId,
        List<Violation> errors,
        Long badRows) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /// One of the errors in a request.
    ///
    /// @param pointer the member of the body, a JSON Pointer as a URI fragment: `#/title`
    /// @param line the line of the row in a body of lines, from 1; the pointer is then relative to the row
    /// @param parameter the query parameter or header
    /// @param code the kind of error, for programs: `required`, `unknown`, `size`, `range`, `type`, …
    /// @param detail the error, for people
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Violation(
            @Schema(examples = "#/title") String pointer,
            @Schema(examples = "3") Long line,
            @Schema(examples = "limit") String parameter,

            @Schema(
                    required = true,
                    examples = "size",
                    enumeration = {
                        "character",
                        "conflict",
                        "format",
                        "invalid",
                        "malformed",
                        "range",
                        "repeated",
                        "required",
                        "size",
                        "type",
                        "unknown"
                    })
            String code,

            @Schema(required = true, examples = "must have 1 to 200 characters")
            String detail) {

        public static Violation ofMember(String pointer, String code, String detail) {
            return new Violation(pointer, null, null, code, detail);
        }

        /// @param member names a row of another entity that does not exist
        public static Violation ofMissingRow(String member) {
            return ofMember("#/" + member, "unknown", "names a row that does not exist");
        }

        public Violation onLine(long number) {
            return new Violation(pointer, number, parameter, code, detail);
        }

        public static Violation ofParameter(String parameter, String code, String detail) {
            return new Violation(null, null, parameter, code, detail);
        }
    }
}
