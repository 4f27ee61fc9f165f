package dev.byline.http;

import static jakarta.ws.rs.core.HttpHeaders.ETAG;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.VARY;
import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON_TYPE;
import static java.util.stream.Collectors.joining;

import dev.byline.query.Page;
import dev.byline.query.Query;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// A list as the answer to a request: a page of it as JSON, with the ways to the others in `Link` (RFC 8288); or the
/// whole of it, where `Accept` asks for a format that is read row by row.
public final class ListAnswer {

    private ListAnswer() {}

    public static Response of(Query query, UriInfo uri, HttpHeaders request) {
        return of(query, Members.OWN, uri, request);
    }

    /// @param members what clients see of the rows
    public static Response of(Query query, Members members, UriInfo uri, HttpHeaders request) {
        var type = type(request);
        if (!type.equals(APPLICATION_JSON_TYPE)) {
            return counted(ResponseBuilder.ok((Object) new Export(query, members, type), type), query, request);
        }
        // Of what others add to the rows, their versions say nothing.
        boolean isTagged = members == Members.OWN;
        var known = request.getRequestHeader(IF_NONE_MATCH);
        if (isTagged && !known.isEmpty()) {
            var tag = tag(Page.outline(query));
            if (known.stream()
                    .flatMap(header -> Arrays.stream(header.split(",")))
                    .anyMatch(sent -> sent.strip().equals(tag))) {
                return counted(
                        ResponseBuilder.create(RestResponse.Status.NOT_MODIFIED).header(ETAG, tag), query, request);
            }
        }
        var read = Page.of(query);
        var shown = members.of(read.walked());
        var page = read.upTo(shown.size());
        var answer = ResponseBuilder.ok((Object) page.inOrder(shown)).header("Link", links(page, uri));
        return counted(isTagged ? answer.header(ETAG, tag(page)) : answer, query, request);
    }

    /// The first type that the client accepts, of those that the resource produces.
    private static MediaType type(HttpHeaders request) {
        return request.getAcceptableMediaTypes().stream()
                .flatMap(accepted -> Stream.of(APPLICATION_JSON_TYPE, Export.NDJSON, Export.CSV)
                        .filter(accepted::isCompatible))
                .findFirst()
                .orElse(APPLICATION_JSON_TYPE);
    }

    /// Counting rows is as much work as reading them: only whoever asks for it waits for it.
    private static Response counted(ResponseBuilder<?> answer, Query query, HttpHeaders request) {
        Prefer.of(request.getRequestHeader(Prefer.HEADER))
                .oneOf("count", "exact", "estimated")
                .ifPresent(how -> answer.header("X-Total-Count", how.equals("exact") ? query.count() : query.estimate())
                        .header(Prefer.APPLIED, "count=" + how));
        return answer.header(VARY, "Accept, Accept-Encoding, Prefer").build().toResponse();
    }

    /// Weak: it tells of the rows, not of how they are written.
    private static String tag(Page page) {
        return "W/\"" + page.state() + "\"";
    }

    /// Relative to the request's own address: whatever a proxy has put before the path stays there.
    private static String links(Page page, UriInfo uri) {
        return Stream.of(link("next", uri, page.after()), link("prev", uri, page.before()), link("first", uri, ""))
                .filter(Objects::nonNull)
                .collect(joining(", "));
    }

    private static boolean isNoPlace(String parameter) {
        return !parameter.isEmpty() && !parameter.startsWith("cursor=") && !parameter.startsWith("offset=");
    }

    /// The request's own query, but for the place in the list. @return null where there is no such page
    private static String link(String relation, UriInfo uri, String cursor) {
        if (cursor == null) {
            return null;
        }
        var sent = Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
        var query = Stream.concat(
                        Arrays.stream(sent.split("&")).filter(ListAnswer::isNoPlace),
                        Stream.of("cursor=" + cursor).filter(place -> !cursor.isEmpty()))
                .collect(joining("&"));
        return "<?%s>; rel=\"%s\"".formatted(query, relation);
    }
}
