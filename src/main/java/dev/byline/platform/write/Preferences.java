package dev.byline.platform.write;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.rest.RowCount;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// The preferences of a write: an answer with or without the row, a rehearsal, or an import that keeps ids.
///
/// @param keep whether to commit
/// @param leavesRow whether the row of the answer is stored afterwards; false for a rehearsal and for a DELETE
/// @param minimal whether the answer is without the row
/// @param applied those that the request contains
record Preferences(boolean keep, boolean leavesRow, boolean minimal, List<String> applied) {

    /// @param many whether the body has rows
    /// @throws dev.byline.platform.problem.ProblemException 400 when a preference does not fit the request
    static Preferences of(HttpServerRequest request, boolean many) {
        var prefer = Prefer.of(request);
        var representation = prefer.oneOf("return", "minimal", "representation");
        var transaction = prefer.oneOf("tx", "commit", "rollback");
        var applied = new ArrayList<String>();
        representation.ifPresent(value -> applied.add("return=" + value));
        transaction.ifPresent(value -> applied.add("tx=" + value));
        if (prefer.keepsServerMembers()) {
            if (!many || !request.method().equals(HttpMethod.POST)) {
                throw Prefer.refused("conflict", Prefer.SERVER_MEMBERS + " is for a POST of many rows");
            }
            applied.add(Prefer.SERVER_MEMBERS + "=" + Prefer.KEEP);
        }
        boolean keep = !transaction.equals(Optional.of("rollback"));
        boolean deletes = request.method().equals(HttpMethod.DELETE);
        // A client that deletes a row rarely needs it.
        var usual = deletes ? "minimal" : "representation";
        return new Preferences(
                keep, keep && !deletes, representation.orElse(usual).equals("minimal"), applied);
    }

    RestResponse<?> applyTo(RestResponse<?> answer) {
        var response = minimal ? withoutRows(answer) : answer;
        var all = new ArrayList<>(applied);
        if (!hasRows(response)) {
            all.remove("return=representation");
        }
        Optional.ofNullable(response.getHeaderString(Prefer.APPLIED)).ifPresent(all::add);
        var builder = ResponseBuilder.fromResponse(response)
                .header(Prefer.APPLIED, null)
                .header(Prefer.APPLIED, all.isEmpty() ? null : String.join(", ", all));
        if (!leavesRow) {
            // Another write may later produce this version with other content.
            builder.header(HttpHeaders.ETAG, null).header(HttpHeaders.LOCATION, null);
        }
        return builder.build();
    }

    private static boolean hasRows(RestResponse<?> answer) {
        return answer.getEntity() != null && !(answer.getEntity() instanceof RowCount);
    }

    private static RestResponse<?> withoutRows(RestResponse<?> answer) {
        if (!hasRows(answer)) {
            return answer;
        }
        boolean created = answer.getStatus() == RestResponse.StatusCode.CREATED;
        var minimal = ResponseBuilder.create(created ? RestResponse.Status.CREATED : RestResponse.Status.NO_CONTENT);
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> minimal.header(name, value)));
        return minimal.build();
    }
}
