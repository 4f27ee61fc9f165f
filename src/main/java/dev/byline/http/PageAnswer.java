package dev.byline.http;

import static java.util.stream.Collectors.joining;

import dev.byline.query.Page;
import dev.byline.query.Row;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// A page of a list as an answer: its rows, and in `Link` (RFC 8288) the ways to the others.
public final class PageAnswer {

    private PageAnswer() {}

    public static RestResponse<List<Map<String, Object>>> of(Page page, UriInfo uri) {
        return of(page, members(page), uri);
    }

    public static RestResponse<List<Map<String, Object>>> of(Page page, List<Map<String, Object>> rows, UriInfo uri) {
        return ResponseBuilder.ok(rows).header("Link", links(page, uri)).build();
    }

    public static List<Map<String, Object>> members(Page page) {
        return page.rows().stream().map(Row::members).toList();
    }

    /// Relative to the request's own address: whatever a proxy has put before the path stays there.
    private static String links(Page page, UriInfo uri) {
        var links = new ArrayList<String>();
        if (page.after() != null) {
            links.add(link("next", uri, page.after()));
        }
        if (page.before() != null) {
            links.add(link("prev", uri, page.before()));
        }
        links.add(link("first", uri, null));
        return String.join(", ", links);
    }

    /// The request's own query, but for the place in the list.
    private static String link(String relation, UriInfo uri, String cursor) {
        var sent = Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
        var query = Stream.concat(
                        Arrays.stream(sent.split("&")).filter(parameter -> !parameter.matches("((cursor|offset)=.*)?")),
                        Stream.ofNullable(cursor).map(place -> "cursor=" + place))
                .collect(joining("&"));
        return "<?%s>; rel=\"%s\"".formatted(query, relation);
    }
}
