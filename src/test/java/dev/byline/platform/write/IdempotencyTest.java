package dev.byline.platform.write;

import static dev.byline.Api.as;
import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
public class IdempotencyTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void answersARepetitionAsTheFirstTime() {
        var body = Map.of("name", "Ada " + key);
        var first = create(key, body);
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        json(Map.of("name", "Changed since"))
                .put(first.header("Location"))
                .then()
                .statusCode(200);
        var again = create(key, body);
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertEquals(first.asString(), again.asString());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals(first.header("ETag"), again.header("ETag"));
        assertEquals(first.contentType(), again.contentType());
    }

    @Test
    void takesTheKeyAsTheDraftWritesItAndAsMostClientsSendIt() {
        var body = Map.of("name", "Ada");
        var first = create("\"" + key + "\"", body);
        assertEquals(first.asString(), create(key, body).asString());
    }

    @Test
    void remembersWhatHadNoBody() {
        long post = Given.post(Given.user());
        request().header("Idempotency-Key", key).delete("/posts/" + post).then().statusCode(204);
        request()
                .header("Idempotency-Key", key)
                .delete("/posts/" + post)
                .then()
                .statusCode(204)
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void refusesTheKeyOfAnotherRequest() {
        var body = Map.of("name", "Ada");
        create(key, body).then().statusCode(201);
        create(key, Map.of("name", "Eve")).then().statusCode(422).body("type", is("/problems/idempotency-key-reused"));
        json(body)
                .header("Idempotency-Key", key)
                .put("/users/" + Given.user())
                .then()
                .statusCode(422);
    }

    @Test
    void forgetsWhatWasRefusedOrOnlyRehearsed() {
        create(key, Map.of("name", "")).then().statusCode(422);
        json(Map.of("name", "Ada"))
                .header("Idempotency-Key", key)
                .header("Prefer", "tx=rollback")
                .post("/users")
                .then()
                .statusCode(201);
        create(key, Map.of("name", "Eve"))
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .body("name", is("Eve"));
    }

    @Test
    void keepsTheKeysOfDifferentCallersApart() {
        for (int i = 0; i < 2; i++) {
            as(Tokens.ofSomebody("users:write"))
                    .contentType("application/json")
                    .body(Map.of("name", "Caller " + i))
                    .header("Idempotency-Key", key)
                    .post("/users")
                    .then()
                    .statusCode(201)
                    .header("Idempotency-Replayed", nullValue())
                    .body("name", is("Caller " + i));
        }
    }

    @Test
    void storesABulkOnce() {
        long user = Given.user();
        var rows = "{\"title\":\"a\",\"content\":\"b\"}\n".repeat(3);
        for (int i = 0; i < 2; i++) {
            request()
                    .contentType("application/x-ndjson")
                    .body(rows.getBytes())
                    .header("Idempotency-Key", key)
                    .post("/users/" + user + "/posts")
                    .then()
                    .statusCode(200)
                    .header("Idempotency-Replayed", i == 0 ? nullValue() : is("true"))
                    .body("created", is(3));
        }
        request().get("/users/" + user + "/posts").then().body("$", hasSize(3));
        request()
                .contentType("application/x-ndjson")
                .body((rows + rows).getBytes())
                .header("Idempotency-Key", key)
                .post("/users/" + user + "/posts")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"", "a b", "\"a", "k\u00e9y"})
    void refusesAKeyThatIsNone(String bad) {
        create(bad, Map.of("name", "Ada"))
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("Idempotency-Key"))
                .body("errors[0].detail", is("must be one text of 1 to 255 visible ASCII characters"));
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        create("k".repeat(256), Map.of("name", "Ada")).then().statusCode(400);
        create(UUID.randomUUID() + "k".repeat(219), Map.of("name", "Ada"))
                .then()
                .statusCode(201);
    }

    @Test
    void storesOneRowHoweverManyAskAtTheSameMoment() throws Exception {
        long user = Given.user();
        var body = Map.of("title", "Once", "content", "x", "userId", user);
        var ids = new HashSet<Long>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var askers = new ArrayList<Callable<Response>>();
            for (int i = 0; i < 24; i++) {
                askers.add(() -> json(body).header("Idempotency-Key", key).post("/posts"));
            }
            for (var answer : threads.invokeAll(askers)) {
                var response = answer.get();
                if (response.statusCode() == 409) {
                    response.then().header("Retry-After", "1").body("type", is("/problems/in-progress"));
                } else {
                    ids.add(response.then().statusCode(201).extract().jsonPath().getLong("id"));
                }
            }
        }
        assertEquals(1, ids.size());
        request().get("/users/" + user + "/posts").then().body("$", hasSize(1));
    }

    /// The client's connection is cut at moments that the seed chooses, from before the request is sent to its end
    /// until after its answer; then the client asks again until it knows.
    @Test
    void storesOneRowAKeyHoweverOftenConnectionsBreak() throws IOException, InterruptedException {
        var random = new Random(20261122);
        long user = Given.user();
        int keys = 60;
        for (int i = 0; i < keys; i++) {
            var name = key + "-" + i;
            var body = "{\"title\":\"" + name + "\",\"content\":\"x\"}";
            int breaks = random.nextInt(1, 4);
            for (int b = 0; b < breaks; b++) {
                postAndLeave(user, name, body, random);
            }
            await(user, name, body);
        }
        List<String> titles = request()
                .get("/users/" + user + "/posts?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("title");
        assertEquals(keys, titles.size());
        assertEquals(keys, new HashSet<>(titles).size());
    }

    private static void postAndLeave(long user, String key, String body, Random random)
            throws IOException, InterruptedException {
        var bytes = ("POST /users/" + user + "/posts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + Tokens.admin() + "\r\nIdempotency-Key: " + key
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes();
        try (var socket = new Socket("localhost", port)) {
            socket.setSoLinger(true, 0); // the server sees a reset
            boolean isWhole = random.nextInt(4) > 0;
            socket.getOutputStream().write(bytes, 0, isWhole ? bytes.length : random.nextInt(bytes.length));
            socket.getOutputStream().flush();
            Thread.sleep(random.nextInt(12));
        }
    }

    private static void await(long user, String key, String body) throws InterruptedException {
        for (int tries = 0; tries < 100; tries++) {
            int status = json(body)
                    .header("Idempotency-Key", key)
                    .post("/users/" + user + "/posts")
                    .statusCode();
            if (status == 201) {
                return;
            }
            assertTrue(status == 409 || status == 503, "status " + status);
            Thread.sleep(20);
        }
        throw new AssertionError("no answer to " + key);
    }

    private static Response create(String key, Map<String, ?> body) {
        return json(body).header("Idempotency-Key", key).post("/users");
    }
}
