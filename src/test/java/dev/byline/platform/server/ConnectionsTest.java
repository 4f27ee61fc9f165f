package dev.byline.platform.server;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that do not read their answers. The memory for these is made small, and the time in which they have to read
/// short.
@QuarkusTest
@TestProfile(ConnectionsTest.Small.class)
class ConnectionsTest {

    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            double share = 4.0 * (1 << 20) / Runtime.getRuntime().maxMemory();
            return Map.of("byline.http.unsent-share", String.valueOf(share), "byline.http.least-rate-window", "3s");
        }
    }

    private static final int LARGE = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RawClient> clients = new ArrayList<>();
    private long user;
    private String get;

    @BeforeEach
    void prepare() {
        user = Given.user();
        var post = json(Map.of("title", "Long", "content", "x".repeat(LARGE), "userId", user))
                .post("/posts")
                .jsonPath()
                .getLong("id");
        get = "GET /posts/" + post + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    @AfterEach
    void disconnect() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void closesThoseThatHaveWaitedLongestWhenTheirAnswersFillTheMemory() throws IOException {
        double before = metric("byline_connections_closed_total");
        for (int i = 0; i < 100; i++) { // 100 MB, of which the kernel takes some
            clients.add(RawClient.withSmallWindow(port).send(get.repeat(10)));
        }
        await(() -> metric("byline_connections_closed_total") > before);
        await(() -> metric("byline_http_unsent_bytes") <= 4 * (1 << 20));
        request().get("/users/" + user).then().statusCode(200);
        json("{\"name\":\"Meanwhile\"}").post("/users").then().statusCode(201);
    }

    @Test
    void closesAConnectionThatIsReadFromTooSlowly() throws IOException {
        var slow = RawClient.withSmallWindow(port).send(get.repeat(10));
        clients.add(slow);
        await(() -> metric("byline_http_unsent_bytes") > 0);
        await(() -> metric("byline_http_unsent_bytes") == 0);
        int answers = 0;
        while (!slow.answerWithin(1000).isEmpty()) {
            answers++;
        }
        assertTrue(answers < 10, answers + " answers");
    }

    @Test
    void answersRequestsThatWereSentAheadInTheirOrder() throws IOException {
        var ahead = new RawClient(port);
        clients.add(ahead);
        ahead.send(("GET /users/" + user + " HTTP/1.1\r\nHost: x\r\n\r\n" + get).repeat(5));
        for (int i = 0; i < 5; i++) {
            assertThat(ahead.answer(), containsString("\"id\":" + user));
            assertThat(ahead.answer(), containsString("x".repeat(LARGE)));
        }
    }

    @Test
    void closesAConnectionThatSendsFarAhead() throws IOException {
        var far = new RawClient(port);
        clients.add(far);
        far.send(("GET /users/" + user + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(2000));
        int answers = 0;
        while (!far.answer().isEmpty()) {
            answers++;
        }
        assertTrue(answers < 2000, answers + " answers");
        request().get("/users/" + user).then().statusCode(200).body("id", is((int) user));
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws IOException {
        var client = new RawClient(port);
        clients.add(client);
        for (int i = 0; i < 50; i++) {
            assertThat(
                    client.send("GET /users/" + user + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .answer(),
                    startsWith("HTTP/1.1 200 "));
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertTrue(
                    Instant.now().isBefore(deadline),
                    operator().get("/q/metrics").asString());
        }
    }

    private static double metric(String name) {
        var values = operator()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length())))
                .toList();
        assertEquals(1, values.size(), name);
        return values.getFirst();
    }
}
