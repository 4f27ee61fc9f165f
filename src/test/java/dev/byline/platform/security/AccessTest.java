package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Api;
import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what: every operation against everybody. An operation that is added fails here until it has a row.
@QuarkusTest
public class AccessTest {

    /// Columns: nobody, a token without scopes, `users:write` of another person and of the owner, `posts:write` of
    /// another person and of the owner, `admin`. Each person has their user already.
    private static final String MATRIX = """
            GET    /.well-known/oauth-protected-resource  404 404 404 404 404 404 404
            HEAD   /.well-known/oauth-protected-resource  404 404 404 404 404 404 404
            GET    /problems                              200 200 200 200 200 200 200
            HEAD   /problems                              200 200 200 200 200 200 200
            GET    /problems/{name}                       200 200 200 200 200 200 200
            HEAD   /problems/{name}                       200 200 200 200 200 200 200
            GET    /users                                 200 200 200 200 200 200 200
            HEAD   /users                                 200 200 200 200 200 200 200
            POST   /users                                 401 403 409 409 403 403 201
            POST   /users/import                          401 403 403 403 403 403 200
            PATCH  /users                                 401 403 403 403 403 403 200
            DELETE /users                                 401 403 403 403 403 403 200
            GET    /users/{id}                            200 200 200 200 200 200 200
            HEAD   /users/{id}                            200 200 200 200 200 200 200
            PUT    /users/{id}                            401 403 403 200 403 403 200
            PATCH  /users/{id}                            401 403 403 200 403 403 200
            DELETE /users/{id}                            401 403 403 204 403 403 204
            GET    /users/{id}/posts                      200 200 200 200 200 200 200
            HEAD   /users/{id}/posts                      200 200 200 200 200 200 200
            POST   /users/{id}/posts                      401 403 403 403 403 201 201
            POST   /users/{id}/posts/import               401 403 403 403 403 200 200
            GET    /posts                                 200 200 200 200 200 200 200
            HEAD   /posts                                 200 200 200 200 200 200 200
            POST   /posts                                 401 403 403 403 403 201 201
            POST   /posts/import                          401 403 403 403 403 403 200
            PATCH  /posts                                 401 403 403 403 403 403 200
            DELETE /posts                                 401 403 403 403 403 403 200
            GET    /posts/{id}                            200 200 200 200 200 200 200
            HEAD   /posts/{id}                            200 200 200 200 200 200 200
            PUT    /posts/{id}                            401 403 403 403 403 200 200
            PATCH  /posts/{id}                            401 403 403 403 403 200 200
            DELETE /posts/{id}                            401 403 403 403 403 204 204
            """;

    private static final List<String> READS = List.of("GET", "HEAD");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Map<String, ?> USER = Map.of("name", "Ada");
    private static final String OWN_ROWS = "users:write posts:write";

    @Test
    void everyOperationAnswersEverybodyAsTheMatrixSays() {
        var expected = MATRIX.lines().collect(toMap(AccessTest::operation, AccessTest::statuses));
        assertEquals(operations(), new TreeSet<>(expected.keySet()), "every operation has a row, and no other");
        var differences = new TreeMap<String, List<Integer>>();
        var readers = new People(); // a read leaves them as they are, so all reads may share them
        expected.forEach((operation, statuses) -> {
            var answers = IntStream.range(0, statuses.size())
                    .mapToObj(caller -> answer(operation, caller, isRead(operation) ? readers : new People()))
                    .toList();
            if (!answers.equals(statuses)) {
                differences.put(operation, answers);
            }
        });
        assertEquals(Map.of(), differences);
    }

    /// Columns as above; each cell holds for all the media types of many rows.
    @ParameterizedTest
    @CsvSource({
        "/users,                   401 403 403 403 403 403 2xx",
        "/users/import,            401 403 403 403 403 403 2xx",
        "/users/{id}/posts,        401 403 403 403 403 2xx 2xx",
        "/users/{id}/posts/import, 401 403 403 403 403 2xx 2xx",
        "/posts,                   401 403 403 403 403 403 2xx",
        "/posts/import,            401 403 403 403 403 403 2xx"
    })
    void manyRowsAtOnceAreCreatedByAdminsOrAsPostsOfOnesOwnUser(String path, String expected) {
        var bodies = !path.contains("posts")
                ? List.of("[{\"name\":\"A\"}]", "{\"name\":\"A\"}\n", "name\nA\n")
                : List.of(
                        "[{\"title\":\"A\",\"content\":\"B\",\"userId\":%d}]",
                        "{\"title\":\"A\",\"content\":\"B\",\"userId\":%d}\n", "title,content,userId\nA,B,%d\n");
        var types = List.of("application/json", "application/x-ndjson", "text/csv");
        for (int i = 0; i < types.size(); i++) {
            var statuses = new ArrayList<String>();
            for (int column = 0; column < 7; column++) {
                var people = new People();
                var body = bodies.get(i).formatted(people.user);
                int status = people.caller(column)
                        .contentType(types.get(i))
                        .body(body.getBytes(StandardCharsets.UTF_8))
                        .post(path.replace("{id}", String.valueOf(people.user)))
                        .statusCode();
                statuses.add(status / 100 == 2 ? "2xx" : String.valueOf(status));
            }
            assertEquals(expected, String.join(" ", statuses), types.get(i));
        }
    }

    @Test
    void aPersonHasOneUserAndAnotherAfterItsDeletion() {
        var ada = Tokens.ofSomebody(OWN_ROWS);
        long user = create(ada, "/users", USER);
        as(ada).contentType(ContentType.JSON)
                .body(USER)
                .post("/users")
                .then()
                .statusCode(409)
                .body("detail", is("You have a user already, with the id " + user));
        as(ada).delete("/users/" + user).then().statusCode(204);
        create(ada, "/users", USER);
    }

    @Test
    void nobodySaysWhoseARowIs() {
        var mine = Map.of("name", "Eve", "subject", "somebody else", "issuer", Tokens.ISSUER);
        as(Tokens.ofSomebody(OWN_ROWS))
                .contentType(ContentType.JSON)
                .body(mine)
                .post("/users")
                .then()
                .statusCode(422);
        Api.json(mine).post("/users").then().statusCode(422);
    }

    @Test
    void aPostMovesOnlyBetweenTheUsersOfOnePerson() {
        var ada = Tokens.ofSomebody(OWN_ROWS);
        var eve = Tokens.ofSomebody(OWN_ROWS);
        long adas = create(ada, "/users", USER);
        long eves = create(eve, "/users", USER);
        long post = create(ada, "/posts", post(adas));
        change(ada, post, eves).statusCode(403).body("detail", containsString("/users/" + adas));
        change(eve, post, eves).statusCode(403);
        change(Tokens.admin(), post, eves).statusCode(200);
        change(ada, post, adas).statusCode(403);
        change(eve, post, eves).statusCode(200);
    }

    @Test
    void whoHasNoUserYetIsToldSo() {
        as(Tokens.ofSomebody(OWN_ROWS))
                .contentType(ContentType.JSON)
                .body(post(Given.user()))
                .post("/posts")
                .then()
                .statusCode(403)
                .body("detail", containsString("POST /users"))
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\""));
    }

    @Test
    void manyRequestsAtOnceMakeOneUserOnly() throws InterruptedException {
        var ada = Tokens.ofSomebody(OWN_ROWS);
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 8; i++) {
                threads.execute(() -> statuses.add(as(ada).contentType(ContentType.JSON)
                        .body(USER)
                        .post("/users")
                        .statusCode()));
            }
        }
        assertEquals(8, statuses.size());
        assertEquals(1, Collections.frequency(statuses, 201), statuses::toString);
        assertEquals(7, Collections.frequency(statuses, 409), statuses::toString);
    }

    /// What nobody has thought of is an admin's: the path does not exist, but that is for an admin to see.
    @Test
    void aWriteThatNoRuleCoversNeedsAdmin() {
        for (var path :
                List.of("/nowhere", "/users/1/friends", "//users", "/posts/1/../../nowhere", "/q/health", "/")) {
            anonymous().delete(path).then().statusCode(401);
            as(Tokens.ofSomebody(OWN_ROWS)).delete(path).then().statusCode(403);
        }
    }

    /// The owner of a user, somebody else who has a user, and everybody else.
    private static boolean isRead(String operation) {
        return READS.contains(operation.split(" ")[0]);
    }

    /// Two persons with a user each, made when they are needed.
    private static final class People {

        final String owner = "owner-" + UUID.randomUUID();
        final long user = create(Tokens.of(owner, OWN_ROWS), "/users", USER);
        private String other;
        private long post;

        RequestSpecification caller(int column) {
            return switch (column) {
                case 0 -> anonymous();
                case 1 -> as(Tokens.of(owner, ""));
                case 2 -> as(Tokens.of(other(), "users:write"));
                case 3 -> as(Tokens.of(owner, "users:write"));
                case 4 -> as(Tokens.of(other(), "posts:write"));
                case 5 -> as(Tokens.of(owner, "posts:write"));
                default -> as(Tokens.admin());
            };
        }

        private String other() {
            if (other == null) {
                other = "other-" + UUID.randomUUID();
                create(Tokens.of(other, OWN_ROWS), "/users", USER);
            }
            return other;
        }

        /// The id of a post of the owner.
        long post() {
            if (post == 0) {
                post = Given.post(user);
            }
            return post;
        }
    }

    private static int answer(String operation, int column, People people) {
        long user = people.user;
        var method = operation.split(" ")[0];
        var path = operation.split(" ")[1];
        var caller = people.caller(column);
        if (!isRead(operation) && !method.equals("DELETE")) {
            var row = path.contains("posts") ? post(user) : USER;
            caller.contentType(ContentType.JSON).body(path.endsWith("/import") ? List.of(row) : row);
        }
        var id = path.startsWith("/posts") ? people.post() : user;
        if (path.equals("/users") && !isRead(operation) && !method.equals("POST")) {
            path = "/users?id=" + user;
        } else if (path.equals("/posts") && !isRead(operation) && !method.equals("POST")) {
            path = "/posts?userId=" + user;
        }
        return caller.request(method, path.replace("{id}", String.valueOf(id)).replace("{name}", "stale"))
                .statusCode();
    }

    private static ValidatableResponse change(String token, long post, long user) {
        return as(token)
                .contentType(ContentType.JSON)
                .body(Map.of("userId", user))
                .patch("/posts/" + post)
                .then();
    }

    private static long create(String token, String path, Map<String, ?> body) {
        return Api.idOfCreated(
                as(token).contentType(ContentType.JSON).body(body).post(path));
    }

    private static Map<String, ?> post(long user) {
        return Map.of("title", "On access", "content", "Text", "userId", user);
    }

    private static String operation(String row) {
        var words = row.split(" +");
        return words[0] + " " + words[1];
    }

    private static List<Integer> statuses(String row) {
        return Arrays.stream(row.split(" +")).skip(2).map(Integer::valueOf).toList();
    }

    private static TreeSet<String> operations() {
        Map<String, Map<String, Object>> paths =
                Api.request().get("/q/openapi?format=json").path("paths");
        var operations = new TreeSet<String>();
        paths.keySet().removeIf(path -> !Api.isOfTheProduct(path));
        paths.forEach((path, item) -> item.keySet().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .filter(METHODS::contains)
                .flatMap(method -> method.equals("GET") ? READS.stream() : Stream.of(method)) // HEAD as GET
                .forEach(method -> operations.add(method + " " + path)));
        return operations;
    }
}
