package dev.byline.platform.query;

import static dev.byline.Api.link;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page and the posts within it end before their texts fill the memory. Large texts, so it takes long.
@QuarkusTest
public class PageSizeTest {

    /// However few rows are asked for, whatever the order, there and back.
    @ParameterizedTest
    @ValueSource(strings = {"limit=1000", "limit=20", "limit=20&sort=-createdAt&embed=user", "limit=50&q=long"})
    void endsAPageBeforeItsTextsFillTheMemory(String query) {
        long user = Given.user();
        var lengths = IntStream.range(0, 19).mapToObj(i -> i % 5 == 4 ? 10 : 100_000);
        var ids = Given.postsOfLength(user, lengths.toList());
        var list = "/users/" + user + "/posts";
        request().get(list + "?limit=50&fields=id").then().body("id", is(ids));
        var forward = walk(list + "?" + query, "next");
        assertEquals(Set.copyOf(ids), Set.copyOf(ids(forward)));
        assertEquals(19, ids(forward).size());
        assertTrue(forward.size() > 1, forward.toString());
        var backward = walk(link(forward.getLast(), "prev"), "prev");
        assertEquals(19, ids(backward).size() + ids(List.of(forward.getLast())).size());
        for (var page :
                List.of(forward, backward).stream().flatMap(List::stream).toList()) {
            int texts = page.jsonPath().getList("content", String.class).stream()
                    .mapToInt(String::length)
                    .sum();
            assertTrue(texts < (1 << 20) + 100_000, "one page has " + texts + " bytes");
        }
        // The page's tag is that of the rows that it has.
        for (var page : List.of(list + "?" + query, link(forward.getFirst(), "next"))) {
            var tag = request().urlEncodingEnabled(false).get(page).header("ETag");
            request()
                    .urlEncodingEnabled(false)
                    .header("If-None-Match", tag)
                    .get(page)
                    .then()
                    .statusCode(304);
        }
    }

    @Test
    void endsAPageOfUsersBeforeTheirPostsFillTheMemory() {
        var mark = UUID.randomUUID().toString();
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < 7; i++) {
            long user = Given.user(mark + i, i);
            ids.add((int) user);
            Given.postsOfLength(user, Collections.nCopies(i, 100_000));
        }
        var query = "?embed=posts&limit=300&name:startsWith=" + mark;
        for (var sort : List.of("", "&sort=-age")) {
            var forward = walk("/users" + query + sort, "next");
            assertEquals(7, ids(forward).size());
            assertEquals(Set.copyOf(ids), Set.copyOf(ids(forward)));
            assertTrue(forward.size() > 1, "pages");
            var backward = walk(link(forward.getLast(), "prev"), "prev");
            assertEquals(
                    7, ids(backward).size() + ids(List.of(forward.getLast())).size());
            for (var page :
                    List.of(forward, backward).stream().flatMap(List::stream).toList()) {
                assertTrue(
                        page.asString().length() < (1 << 20) + 700_000,
                        page.asString().length() + " bytes");
                page.jsonPath()
                        .getList("", Map.class)
                        .forEach(user -> assertEquals(user.get("age"), ((List<?>) user.get("posts")).size()));
            }
        }
        var lines = request().accept("application/x-ndjson").get("/users" + query);
        assertEquals(7, lines.asString().lines().count());
        assertEquals(21, lines.asString().split("\"title\"", -1).length - 1);
    }

    private static List<Response> walk(String first, String relation) {
        var pages = new ArrayList<Response>();
        for (var next = first; next != null; next = link(pages.getLast(), relation)) {
            var page = request().urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            pages.add(page);
        }
        return pages;
    }

    private static List<Integer> ids(List<Response> pages) {
        return pages.stream()
                .flatMap(page -> page.jsonPath().getList("id", Integer.class).stream())
                .toList();
    }
}
