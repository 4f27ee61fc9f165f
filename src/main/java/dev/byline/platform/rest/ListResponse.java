package dev.byline.platform.rest;

import static jakarta.ws.rs.core.HttpHeaders.ACCEPT;
import static jakarta.ws.rs.core.HttpHeaders.ETAG;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.VARY;
import static java.util.stream.Collectors.joining;

import dev.byline.platform.export.Exports;
import dev.byline.platform.export.RowView;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.http.Prefer;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.query.Page;
import dev.byline.platform.query.Rows;
import dev.byline.platform.server.Route;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// A list as the answer to a request: one page as JSON, with the URIs of the other pages in `Link` (RFC 8288), or
/// the whole list where `Accept` asks for NDJSON or CSV.
public final class ListResponse {

    private static final Set<String> PLACE = Set.of("cursor", "offset");

    private ListResponse() {}

    /// @param members what clients see of the rows
    public static Response of(Rows<?> rows, RowView members, Exports exports, RoutingContext request) {
        var type = request.request().getHeader(ACCEPT); // RequestFilter has reduced it to one
        if (MediaTypes.hasRows(type)) {
            refuseWithoutChunks(request);
            return counted(exports.of(rows, members, type, request), rows, request);
        }
        // The versions of the rows do not cover the rows that others add to them.
        boolean isTagged = members == RowView.OWN;
        if (isTagged && request.request().headers().contains(IF_NONE_MATCH)) {
            var tag = tag(rows.versions()); // which needs only the versions
            if (ETags.isKnown(request, tag)) {
                return counted(
                        ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED).header(ETAG, tag), rows, request);
            }
        }
        var read = rows.page();
        var shown = members.of(read.walked());
        var page = read.upTo(shown.size());
        var answer = ResponseBuilder.ok((Object) page.inOrder(shown)).header("Link", links(page, request));
        return counted(isTagged ? answer.header(ETAG, tag(page)) : answer, rows, request);
    }

    /// Over HTTP/1.0, a client cannot detect that an export was cut off: the end of the connection ends the body.
    private static void refuseWithoutChunks(RoutingContext request) {
        if (request.request().version() == HttpVersion.HTTP_1_0) {
            throw new ProblemException(ProblemType.UPGRADE_REQUIRED, "Exports are sent over HTTP/1.1 only.")
                    .with("Upgrade", "HTTP/1.1")
                    .with("Connection", "Upgrade");
        }
    }

    /// Counting rows costs as much as reading them, so it is done only if the client asks for it.
    private static Response counted(ResponseBuilder<?> answer, Rows<?> rows, RoutingContext request) {
        Prefer.of(request.request()).oneOf("count", "exact", "estimated").ifPresent(how -> answer.header(
                        "X-Total-Count", how.equals("exact") ? rows.count() : rows.estimate())
                .header(Prefer.APPLIED, "count=" + how));
        return answer.header(VARY, "Accept, Accept-Encoding, Prefer").build().toResponse();
    }

    /// Weak, because it identifies the rows, not the bytes of the answer.
    private static String tag(Page page) {
        return "W/\"" + page.state() + "\"";
    }

    private static String links(Page page, RoutingContext request) {
        var query = QueryString.without(PLACE, request);
        return Stream.of(
                        link("next", request, query, page.after()),
                        link("prev", request, query, page.before()),
                        link("first", request, query, ""))
                .filter(Objects::nonNull)
                .collect(joining(", "));
    }

    /// Without a host, because it would be wrong behind a proxy.
    ///
    /// @param query the query of the request without the position in the list
    /// @return null where there is no such page
    private static String link(String relation, RoutingContext request, String query, String cursor) {
        if (cursor == null) {
            return null;
        }
        var parameters = Stream.of(query, cursor.isEmpty() ? "" : "cursor=" + cursor)
                .filter(part -> !part.isEmpty())
                .collect(joining("&"));
        return "<" + Route.of(request).orElseThrow().path() + "?" + parameters + ">; rel=\"" + relation + "\"";
    }
}
