package dev.byline.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What went wrong, by RFC 9457, as `application/problem+json`.
///
/// @param instance the path of the request
/// @param badRows how many rows of a bulk are bad, of which `errors` names the first hundred
/// @param requestId names the request in the server's log; with problems of the server only (5xx)
@RegisterForReflection // only exception mappers answer with it, which the build does not follow
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

    /// One reason among possibly many.
    ///
    /// @param pointer the member of the body, a JSON Pointer as a URI fragment: `#/title`
    /// @param line where the row stands in a body of lines, from 1; its pointer is then that of the row itself
    /// @param parameter the query parameter or header
    /// @param code what a program goes by: `required`, `unknown`, `size`, `range`, `type`, …
    /// @param detail what a person reads
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Violation(
            @Schema(examples = "#/title") String pointer,
            @Schema(examples = "3") Long line,
            @Schema(examples = "limit") String parameter,
            @Schema(required = true, examples = "size") String code,

            @Schema(required = true, examples = "must have 1 to 200 characters")
            String detail) {

        public static Violation ofMember(String pointer, String code, String detail) {
            return new Violation(pointer, null, null, code, detail);
        }

        public Violation onLine(long number) {
            return new Violation(pointer, number, parameter, code, detail);
        }

        public static Violation ofParameter(String parameter, String code, String detail) {
            return new Violation(null, null, parameter, code, detail);
        }
    }
}
