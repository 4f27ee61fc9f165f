package dev.byline.platform.query;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each test marks its rows with a word of its own, and asks for nothing else.
@QuarkusTest
public class FilterTest {

    private final String mark = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "age=30                 | Bob",
                "age=30&age=20          | Ann Bob",
                "age[]=30&age[]=20      | Ann Bob",
                "age%5B%5D=30&age=20    | Ann Bob",
                "age:ne[]=30&age:ne[]=20 | Cy Dee",
                "age:gte[]=30           | Bob Cy",
                "name:startsWith[]=ann&name:startsWith%5b%5d=DEE | Ann Dee",
                "age:ne=30              | Ann Cy Dee",
                "age:ne=30&age:ne=20    | Cy Dee",
                "age:gt=20              | Bob Cy",
                "age:gte=20&age:lt=40   | Ann Bob",
                "age:lte=20             | Ann",
                "age:null=true          | Dee",
                "age:null=false         | Ann Bob Cy",
                "name:contains=OB%20    | Bob",
                "name:contains=bOB      | Bob",
                "name:startsWith=cy%20  | Cy",
                "name:startsWith=ann&name:startsWith=DEE | Ann Dee",
                "sort=age               | Ann Bob Cy Dee",
                "sort=-age              | Cy Bob Ann Dee",
                "sort=-name             | Dee Cy Bob Ann",
                "sort=-age&limit=2      | Cy Bob",
                "sort=name&offset=1&limit=2 | Bob Cy",
                "createdAt:gt=9999-01-01T00:00:00Z | ",
                "createdAt:gt=2020-01-01T00:00:00%2B02:00 | Ann Bob Cy Dee"
            })
    void findsTheUsersThatFit(String query, String names) {
        var four = Stream.of(
                        Given.user("Ann " + mark, 20),
                        Given.user("Bob " + mark, 30),
                        Given.user("Cy " + mark, 40),
                        Given.user("Dee " + mark, null))
                .map(id -> "id=" + id)
                .collect(joining("&"));
        var found = request()
                .urlEncodingEnabled(false)
                .get("/users?" + four + "&" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("name", String.class);
        assertEquals(names == null ? "" : names, String.join(" ", found).replace(" " + mark, ""), query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "!", "\\", "'", "\"", "A%C", "A_C"})
    void takesWildcardsLiterally(String text) {
        Given.user("ABC " + mark, null);
        Given.user(mark + text, null);
        request()
                .queryParam("name:contains", mark + text)
                .get("/users")
                .then()
                .statusCode(200)
                .body("name", is(List.of(mark + text)));
    }

    @Test
    void filtersPostsByTheirUser() {
        long ada = Given.user("Ada " + mark, 36);
        long bob = Given.user("Bob " + mark, 30);
        long first = Given.post(ada, "First");
        Given.post(bob, "Second");
        request()
                .queryParam("user.name:startsWith", "ada " + mark)
                .get("/posts")
                .then()
                .statusCode(200)
                .body("title", is(List.of("First")))
                .body("[0].user", nullValue());
        request().get("/posts?userId=" + ada).then().body("title", is(List.of("First")));
        request().get("/posts?userId=" + ada + "&userId=" + bob).then().body("title", is(List.of("First", "Second")));
        request()
                .get("/posts?sort=-user.name&userId=" + ada + "&userId=" + bob)
                .then()
                .body("title", is(List.of("Second", "First")));
        request().get("/users/" + ada + "/posts?title=Second").then().body("title", is(List.of()));
        request().get("/posts?id=" + first + "&embed=user").then().body("user.age", is(List.of(36)));
    }

    @Test
    void readsARowInAListAsByItself() {
        long user = Given.user("Ada " + mark, null);
        long post = Given.post(user);
        for (var row : List.of("/users/" + user, "/posts/" + post)) {
            var path = row.replaceFirst("/(\\d+)$", "");
            var id = row.substring(path.length() + 1);
            for (var embed : List.of("", path.equals("/users") ? "&embed=posts" : "&embed=user")) {
                assertEquals(
                        "[" + request().get(row + embed.replace('&', '?')).asString() + "]",
                        request().get(path + "?id=" + id + embed).asString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"', // the apostrophe is part of the sentences
            value = {
                "age:gte=ten       | age:gte   | type     | must be a whole number of 32 bits, not 'ten'",
                "age=              | age       | type     | must be a whole number of 32 bits, not ''",
                "age=9999999999    | age       | type     | must be a whole number of 32 bits, not '9999999999'",
                "id=99999999999999999999 | id  | type     | must be a whole number of 64 bits, not '99999999999999999999'",
                "age:null=maybe    | age:null  | type     | must be true or false, not 'maybe'",
                "name=%00          | name      | type     | must not have the character U+0000",
                "createdAt:lt=now  | createdAt:lt | type  | must be a time of RFC 3339",
                "nmae=x            | nmae      | unknown  | did you mean name?",
                "age:gtee=1        | age:gtee  | unknown  | did you mean age:gte?",
                "name:null=true    | name:null | unknown  | did you mean age:null?",
                "age:gt=1&age:gt=2 | age:gt    | repeated | may stand only once",
                "sort=nmae         | sort      | unknown  | 'nmae': did you mean name?",
                "sort=age,-age     | sort      | repeated | age may stand only once",
                "sort=             | sort      | unknown  | '': ",
                "offset=10001      | offset    | range    | must be a whole number from 0 to 10000; walk further",
                "offset=1&cursor=x | offset    | conflict | a cursor has its own place",
                "cursor=x          | cursor    | invalid  | is damaged, or of another query",
                "fields=id,nam     | fields    | unknown  | 'nam': did you mean name?",
                "embed=post        | embed     | unknown  | did you mean posts?",
                "name:contains=ab  | name:contains | size  | must have at least 3 characters, not 'ab'",
                "name:startsWith=\uD83D\uDE00\uD83D\uDE00 | name:startsWith | size | must have at least 3 characters, not '\uD83D\uDE00\uD83D\uDE00'",
                "name:ne=          | name:ne   | range    | '' fits every row",
                "name:gt=          | name:gt   | range    | '' fits every row",
                "name:gte=         | name:gte  | range    | '' fits every row",
                "name:ne=x&name:ne= | name:ne  | range    | '' fits every row",
                "id:gte=-9223372036854775808 | id:gte | range | '-9223372036854775808' fits every row",
                "id:lte=9223372036854775807 | id:lte | range | '9223372036854775807' fits every row",
                "createdAt:gte=0001-01-01T00:00:00Z | createdAt:gte | range | '0001-01-01T00:00:00Z' fits every row",
                "createdAt:lte=9999-12-31T23:59:59.999999Z | createdAt:lte | range | '9999-12-31T23:59:59.999999Z' fits every row",
                "createdAt=2026-11-22T10:00:00.1234567Z | createdAt | range | a row's time has six decimals of a second at most",
                "createdAt:ne=2026-11-22T10:00:00.1234567Z | createdAt:ne | range | a row's time has six decimals",
                "createdAt:lt=2026-11-22T10:00:00.1234567891Z | createdAt:lt | type | must be a time of RFC 3339",
                "_page=2           | _page     | unknown  | pages go on by cursor, as Link has it",
                "page=2            | page      | unknown  | pages go on by cursor, as Link has it",
                "_limit=2          | _limit    | unknown  | send limit",
                "per_page=2        | per_page  | unknown  | send limit",
                "size=2            | size      | unknown  | send limit",
                "_start=2          | _start    | unknown  | send offset",
                "_end=2            | _end      | unknown  | send offset and limit",
                "_sort=name        | _sort     | unknown  | send sort with a field",
                "_order=desc       | _order    | unknown  | send sort with - before the field for descending",
                "q=x               | q         | unknown  | this list has no full text search",
                "name_like=x       | name_like | unknown  | send name:contains",
                "age_gte=1         | age_gte   | unknown  | send age:gte",
                "age__gte=1        | age__gte  | unknown  | send age:gte",
                "age%5Bgte%5D=1    | age[gte]  | unknown  | send age:gte",
                "age:gt[]=1&age:gt=2 | age:gt  | repeated | may stand only once",
                "limit[]=1&limit=2 | limit     | repeated | may stand only once",
                "nmae[]=x          | nmae      | unknown  | did you mean name?",
                "id[]=             | id        | type     | must be a whole number of 64 bits, not ''",
                "[]=1              | []        | unknown  | known: id, name, age, createdAt",
                "id_in=1           | id_in     | unknown  | send id",
                "x=1               | x         | unknown  | known: id, name, age, createdAt",
                "_foo=1            | _foo      | unknown  | known: id, name, age, createdAt",
                "colour=red        | colour    | unknown  | known: id, name, age, createdAt, updatedAt, version, limit, offset, cursor"
            })
    void refusesWhatIsNoQuery(String query, String parameter, String code, String detail) {
        request()
                .urlEncodingEnabled(false)
                .get("/users?" + query)
                .then()
                .statusCode(400)
                .body("type", is("/problems/parameter"))
                .body("errors[0].parameter", is(parameter))
                .body("errors[0].code", is(code))
                .body("errors[0].detail", startsWith(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content:contains", "content:startsWith"})
    void refusesToLookForAPartOfALongText(String filter) {
        request()
                .queryParam(filter, "needle")
                .get("/posts")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is(filter))
                .body("errors[0].code", is("unknown"))
                .body("errors[0].detail", is("content may be long, and has no such filter: q searches for words"));
    }

    /// The answer is not much longer than the question.
    @ParameterizedTest
    @ValueSource(strings = {"/users", "/posts", "/users/1"})
    void namesTwentyErrorsAndCountsTheOthers(String path) {
        var names = IntStream.range(0, 900).mapToObj(i -> "x" + i).collect(joining("&"));
        var answer = request().urlEncodingEnabled(false).get(path + "?" + names);
        answer.then()
                .statusCode(400)
                .body("errors.size()", is(20))
                .body("detail", is("There are 900 errors; errors names the first 20."));
        assertTrue(answer.asString().length() < 8000, answer.asString());
        request()
                .get(path + "?" + "y".repeat(100))
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("y".repeat(50) + "…"));
        json(Map.of("name", "Ada"))
                .urlEncodingEnabled(false)
                .post("/users?" + names)
                .then()
                .statusCode(400)
                .body("errors.size()", is(20));
    }

    @Test
    void refusesToSortByWhatIsLarge() {
        request()
                .get("/posts?sort=content")
                .then()
                .statusCode(400)
                .body("errors[0].detail", startsWith("'content': known: id, title, userId"));
    }

    @Test
    void boundsAQuery() {
        var many = Stream.of("id", "id:ne", "age", "age:ne", "version", "version:ne")
                .map(name -> (name + "=1&").repeat(100))
                .collect(joining());
        request().urlEncodingEnabled(false).get("/users?" + many).then().statusCode(200);
        request()
                .urlEncodingEnabled(false)
                .get("/users?" + many + many)
                .then()
                .statusCode(400)
                .body("detail", is("The query has more than 1000 parameters."));
        request().get("/users?" + "id=1&".repeat(100)).then().statusCode(200);
        request().get("/users?" + "id=1&".repeat(101)).then().statusCode(400).body("errors[0].code", is("size"));
        request()
                .urlEncodingEnabled(false)
                .get("/posts?"
                        + Stream.of("id", "version", "userId", "user.id", "user.version")
                                .flatMap(field -> Stream.of("", ":gt", ":gte", ":lt", ":lte")
                                        .map(field::concat))
                                .map(filter -> filter + "=1")
                                .collect(joining("&")))
                .then()
                .statusCode(400)
                .body("errors[0].detail", is("is one of 25 filters; a query may have 20"));
        request()
                .queryParam("name", "x".repeat(8000))
                .get("/users")
                .then()
                .statusCode(400)
                .body("detail", is("The query has 8004 characters; it may have 8000 at most."));
    }

    @Test
    void findsWhatWasWrittenInOtherScripts() {
        json(Map.of("name", "Ünïcödé 雪 " + mark)).post("/users").then().statusCode(201);
        request()
                .queryParam("name:contains", "ÜNÏCÖDÉ 雪 " + mark)
                .get("/users")
                .then()
                .body("size()", is(1));
    }

    @Test
    void comparesTimesToTheNanosecond() {
        long id = Given.user("Ada " + mark, 36);
        var stored = Instant.parse(request().get("/users/" + id).path("createdAt"));
        for (var operator : List.of("lt", "lte", "gt", "gte")) {
            for (long nanos : List.of(-1_000L, -999L, -1L, 0L, 1L, 50L, 999L, 1_000L)) {
                var time = stored.plusNanos(nanos);
                boolean fits =
                        switch (operator) {
                            case "lt" -> stored.isBefore(time);
                            case "lte" -> !stored.isAfter(time);
                            case "gt" -> stored.isAfter(time);
                            default -> !stored.isBefore(time);
                        };
                request()
                        .get("/users?id=" + id + "&createdAt:" + operator + "=" + time)
                        .then()
                        .statusCode(200)
                        .body("size()", is(fits ? 1 : 0));
            }
        }
        request().get("/users?id=" + id + "&createdAt=" + stored).then().body("size()", is(1));
    }

    @Test
    void takesNoQueryThatIsNotUtf8() {
        for (var query :
                List.of("name:ne=%ff", "name=%C3", "name=%ED%A0%80", "name=%C0%80", "%ff=x", "name=%F5%80%80%80")) {
            for (var method : List.of("GET", "DELETE", "PATCH")) {
                json("{\"age\":1}")
                        .urlEncodingEnabled(false)
                        .request(method, "/users?" + query)
                        .then()
                        .statusCode(400)
                        .body("detail", startsWith("The query is not UTF-8"));
            }
            json("{\"name\":\"Ada\"}")
                    .urlEncodingEnabled(false)
                    .post("/users?" + query)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void takesASemicolonAsPartOfAValue() {
        long id = Given.user(mark + ";id=0", 36);
        request()
                .urlEncodingEnabled(false)
                .get("/users?name=" + mark + ";id=0&limit=1")
                .then()
                .statusCode(200)
                .body("id", is(List.of((int) id)))
                .header("Link", containsString(mark + ";id=0"));
    }
}
