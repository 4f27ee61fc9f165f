package dev.byline.platform.query;

import static dev.byline.Api.ids;
import static dev.byline.Api.json;
import static dev.byline.Api.link;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.post.Post;
import dev.byline.user.User;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class CursorTest {

    private static final long SEED = 20_260_201;

    private final String mark = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "-id", "name", "age", "-age", "age,name", "-age,name", "name,-age", "-name,-age", "age,-id"
            })
    void walksEveryRowOnceAndBack(String sort) {
        for (int i = 0; i < 12; i++) {
            Given.user(mark + (char) ('a' + i * 7 % 4), i % 3 == 0 ? null : i % 4);
        }
        var path = "/users?name:startsWith=" + mark + "&sort=" + sort;
        var all = ids(request().get(path + "&limit=100"));
        assertEquals(12, all.size());

        var forward = new ArrayList<Long>();
        var page = request().get(path + "&limit=5");
        forward.addAll(ids(page));
        Response last = page;
        for (var next = link(page, "next"); next != null; next = link(last, "next")) {
            last = follow(next);
            forward.addAll(ids(last));
        }
        assertEquals(all, forward, sort);

        var backward = new ArrayList<>(ids(last));
        for (var previous = link(last, "prev"); previous != null; previous = link(last, "prev")) {
            last = follow(previous);
            backward.addAll(0, ids(last));
        }
        assertEquals(all, backward, sort);
        assertEquals(ids(page), ids(follow(link(last, "first"))));
    }

    /// Rows of others come, go and change all the while: no row that nobody touches is skipped or repeated.
    @ParameterizedTest
    @ValueSource(strings = {"name", "-age,name", "-updatedAt"})
    void aWalkMeetsEveryUntouchedRowOnceWhileOthersWrite(String sort) {
        var random = new Random(SEED);
        var untouched = new HashSet<Long>();
        var touched = new ArrayList<Long>();
        for (int i = 0; i < 30; i++) {
            long id = someone(random);
            if (i % 2 == 0) {
                untouched.add(id);
            } else {
                touched.add(id);
            }
        }
        var met = new ArrayList<Long>();
        var page = request().get("/users?name:startsWith=" + mark + "&sort=" + sort + "&limit=3");
        for (int pages = 0; pages < 100; pages++) {
            met.addAll(ids(page));
            for (int writes = 0; writes < 3; writes++) {
                write(random, touched);
            }
            var next = link(page, "next");
            if (next == null) {
                break;
            }
            page = follow(next);
        }
        var unique = met.stream().filter(untouched::contains).toList();
        assertEquals(untouched.size(), unique.size(), sort);
        assertEquals(untouched, new HashSet<>(unique), sort);
    }

    private void write(Random random, List<Long> touched) {
        int which = random.nextInt(touched.size());
        switch (random.nextInt(3)) {
            case 0 -> touched.add(someone(random));
            case 1 -> request().delete("/users/" + touched.remove(which)).then().statusCode(204);
            default ->
                json(Map.of("age", random.nextInt(5), "name", name(random)))
                        .patch("/users/" + touched.get(which))
                        .then()
                        .statusCode(200);
        }
    }

    private long someone(Random random) {
        return Given.user(name(random), random.nextInt(4) == 0 ? null : random.nextInt(5));
    }

    private String name(Random random) {
        return mark + (char) ('a' + random.nextInt(26));
    }

    @Test
    void goesOnFromAnOffset() {
        for (int i = 0; i < 5; i++) {
            Given.user(mark + i, i);
        }
        var path = "/users?name:startsWith=" + mark + "&sort=name&limit=2";
        var page = request().get(path + "&offset=1");
        page.then().body("age", is(List.of(1, 2)));
        follow(link(page, "next")).then().body("age", is(List.of(3, 4)));
        follow(link(page, "prev")).then().body("age", is(List.of(0)));
        page.then().header("Link", not(containsString("offset")));
    }

    @Test
    void refusesACursorOfAnotherQuery() {
        Given.user(mark + "a", 1);
        Given.user(mark + "b", 2);
        var next = link(request().get("/users?name:startsWith=" + mark + "&limit=1"), "next");
        follow(next).then().statusCode(200).body("age", is(List.of(2)));
        follow(next + "&fields=id").then().statusCode(200);
        for (var other : List.of(
                next.replace("startsWith", "contains"),
                next.replace(mark, "xyz"),
                next + "&sort=-id",
                next + "&age=1",
                next + "x",
                next.replaceFirst("cursor=.", "cursor=" + (next.contains("cursor=A") ? "B" : "A")),
                next.replaceFirst("cursor=.*", "cursor="))) {
            follow(other).then().statusCode(400).body("errors[0].parameter", is("cursor"));
        }
    }

    @Test
    void refusesEveryCursorWithAByteChanged() {
        Given.user(mark + "a", 1);
        Given.user(mark + "b", 2);
        var path = "/users?name:startsWith=" + mark + "&limit=1";
        var cursor = link(request().get(path), "next").replaceFirst(".*cursor=", "");
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            request()
                    .get(path + "&cursor=" + cursor.substring(0, i) + other + cursor.substring(i + 1))
                    .then()
                    .statusCode(400)
                    .body("errors[0].code", is("invalid"));
        }
    }

    /// The digest is no secret, so that a client can make cursors itself.
    @Test
    void refusesWhatNoPageHasAnsweredWith() {
        for (var invented : List.of(
                of("/users", "sort=name", null, "7"),
                of("/users", "sort=name", "Ada", null),
                of("/users", "sort=age", "07", "7"),
                of("/users", "sort=age", "-0", "7"),
                of("/users", "sort=age", "7", "7", "7"),
                of("/users", "sort=name", "\0", "7"),
                of("/users", "sort=name", "\uD800", "7"),
                of("/users", "sort=createdAt", "2026-11-22T09:00:00.000Z", "7"),
                of("/users", "sort=createdAt", "2026-11-22T10:00:00+01:00", "7"),
                of("/posts", "q=abc", null, "7"),
                of("/posts", "q=abc", "NaN", "7"),
                of("/posts", "q=abc", "-Infinity", "7"),
                of("/posts", "q=abc", "0x1p3", "7"),
                of("/posts", "q=abc", "1e0", "7"),
                of("/posts", "q=abc", "0.50f", "7"))) {
            request()
                    .urlEncodingEnabled(false)
                    .get(invented)
                    .then()
                    .statusCode(400)
                    .body("errors[0].parameter", is("cursor"))
                    .body("errors[0].code", is("invalid"));
        }
        request()
                .urlEncodingEnabled(false)
                .get(of("/users", "sort=age", null, "7"))
                .then()
                .statusCode(200);
        request()
                .urlEncodingEnabled(false)
                .get(of("/posts", "q=abc", "0.5", "7"))
                .then()
                .statusCode(200);
    }

    @Test
    void noInventedCursorIsAFailureOfTheServer() {
        var random = new Random(SEED);
        var values = new String[] {
            null,
            "",
            "0",
            "7",
            "-1",
            "9223372036854775807",
            "-9223372036854775808",
            "2147483648",
            "NaN",
            "1.0E38",
            "-0.0",
            "1.4E-45",
            "\0",
            "\uDC00",
            "\uD83D\uDE00",
            "%",
            "0001-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "x".repeat(3000)
        };
        var orders = Map.of(
                "/users", List.of("sort=id", "sort=-name", "sort=age,-name", "sort=-updatedAt,age,version"),
                "/posts", List.of("q=abc", "sort=user.name,-userId", "sort=title,-user.age", "sort=-createdAt"));
        for (int i = 0; i < 300; i++) {
            var path = i % 2 == 0 ? "/users" : "/posts";
            var order = orders.get(path).get(random.nextInt(4));
            var invented = new String[1 + random.nextInt(5)];
            Arrays.setAll(invented, any -> values[random.nextInt(values.length)]);
            int status = request()
                    .urlEncodingEnabled(false)
                    .get(of(path, order, invented))
                    .statusCode();
            assertTrue(status == 200 || status == 400, status + " to " + order + Arrays.toString(invented));
        }
    }

    /// The address of a page with an invented cursor, made as the service makes its own.
    private static String of(String path, String order, String... values) {
        var queryable = path.equals("/users") ? User.FIELDS : Post.FIELDS;
        var parameter = order.split("=");
        var query = queryable.query(Map.of(parameter[0], List.of(parameter[1])), List.of(), Map.of());
        var cursor = new Cursor(false, Arrays.asList((Object[]) values)).text(query);
        return path + "?" + order + "&cursor=" + cursor;
    }

    @Test
    void keepsTheQueryInItsLinks() {
        Given.user(mark + " & % +", 1);
        Given.user(mark + " & % + 2", 2);
        var page = request().queryParam("name:startsWith", mark + " & %").get("/users?limit=1");
        page.then().body("age", is(List.of(1)));
        follow(link(page, "next")).then().statusCode(200).body("age", is(List.of(2)));
        assertTrue(link(page, "next").contains("limit=1"), link(page, "next"));
    }

    @Test
    void isOfTheSameQueryHoweverItsValuesAreSent() {
        long first = Given.user(mark, 1);
        long second = Given.user(mark, 2);
        var cursor = link(request().get("/users?limit=1&id=" + first + "&id=" + second), "next")
                .replaceFirst(".*cursor=", "");
        for (var name : List.of("id", "id[]", "id%5B%5D")) {
            follow("/users?limit=1&" + name + "=" + first + "&" + name + "=" + second + "&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .body("age", is(List.of(2)));
        }
    }

    /// However the address was written, and whatever stands in it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users?limit=1&name:startsWith=",
                "//users?limit=1&name:startsWith=",
                "/%75sers/?limit=1&name:startsWith=",
                "/./users?limit=1&name:startsWith=",
                "/problems/../users?limit=1&name:startsWith=",
                "/users;jsessionid=1?limit=1&name:startsWith=",
                "/users?name:ne=a;b&limit=1&name:startsWith=",
                "/users?name:ne=%3C%3E%22,%20%C3%A9+&limit=1&name%3AstartsWith=",
                "/users?name:ne[]=x&limit[]=1&name:ne=y&offset[]=0&name:startsWith[]=",
                "/users?name:ne=a=b&limit=1&offset=0&name:startsWith="
            })
    void leadsToTheNextPageByAPath(String address) {
        Given.user(mark + "a", 1);
        Given.user(mark + "b", 2);
        var page = request().urlEncodingEnabled(false).get(address + mark);
        page.then().statusCode(200).body("age", is(List.of(1)));
        for (var relation : List.of("next", "first")) {
            var link = link(page, relation);
            assertTrue(link.startsWith("/users?"), link);
            assertTrue(link.chars().allMatch(c -> c > ' ' && c < 127 && "\"<>\\^`{|}".indexOf(c) < 0), link);
            follow(link).then().statusCode(200).body("age", is(List.of(relation.equals("next") ? 2 : 1)));
        }
    }

    private static Response follow(String link) {
        return request().urlEncodingEnabled(false).get(link);
    }
}
