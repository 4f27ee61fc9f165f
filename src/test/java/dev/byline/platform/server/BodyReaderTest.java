package dev.byline.platform.server;

import static dev.byline.Api.json;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The memory of bodies, made small: three of the largest bodies fit, the fourth does not.
@QuarkusTest
@TestProfile(BodyReaderTest.Small.class)
class BodyReaderTest {

    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            double share = 3.5 * LIMIT / Runtime.getRuntime().maxMemory();
            return Map.of("byline.http.bodies-share", String.valueOf(share));
        }
    }

    private static final int LIMIT = 1 << 20;
    private static final String ALMOST = "{\"name\":\"" + "x".repeat(LIMIT - 10 - "{\"name\":\"".length());

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() throws IOException {
        for (var client : clients) {
            client.close();
        }
    }

    private RawClient client() throws IOException {
        var client = new RawClient(port);
        clients.add(client);
        return client;
    }

    private static String head(String token) {
        return "POST /users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + token + "Content-Length: "
                + LIMIT + "\r\n\r\n";
    }

    private static String admin() {
        return "Authorization: Bearer " + Tokens.admin() + "\r\n";
    }

    @Test
    void refusesWhoMayNotSendABodyBeforeItComes() throws IOException {
        assertThat(client().send(head("")).answer(), startsWith("HTTP/1.1 401 "));
        var reader = "Authorization: Bearer " + Tokens.of("nobody-" + System.nanoTime(), "posts:write") + "\r\n";
        assertThat(client().send(head(reader)).answer(), startsWith("HTTP/1.1 403 "));
        assertThat(
                client().send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: " + LIMIT + "\r\n\r\n")
                        .answer(),
                startsWith("HTTP/1.1 401 "));
    }

    @Test
    void keepsNoMoreBodiesThanItHasMemoryForAndTakesSmallOnesAllTheSame() throws IOException {
        for (int i = 0; i < 3; i++) {
            client().send(head(admin())).send(ALMOST);
        }
        var refused = "";
        for (int tries = 0; tries < 50 && !refused.contains(" 503 "); tries++) {
            refused = client().send(head(admin())).send(ALMOST).answerWithin(1000);
        }
        assertThat(refused, startsWith("HTTP/1.1 503 "));
        assertThat(refused.toLowerCase(), containsString("retry-after: 1"));
        json("{\"name\":\"Small\"}").post("/users").then().statusCode(201);
        disconnect();

        var status = 503;
        for (int tries = 0; status == 503 && tries < 50; tries++) {
            status = json("{\"name\":\"" + "x".repeat(LIMIT - 100) + "\"}")
                    .post("/users")
                    .statusCode();
        }
        assertEquals(422, status);
    }

    @Test
    void passesOverTheBodyOfARequestThatHasNone() throws IOException {
        long user = Given.user();
        var client = client();
        for (int i = 0; i < 5; i++) { // of which four would not fit
            client.send("GET /users/" + user + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + LIMIT + "\r\n\r\n")
                    .send("x".repeat(LIMIT));
            assertThat(client.answer(), startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void invitesAClientToSendItsBody() throws IOException {
        var body = "{\"name\":\"Polite\"}";
        for (var type : List.of("application/json", "application/x-ndjson")) {
            var client = client();
            client.send("POST /users HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: " + type + "\r\n"
                    + admin() + "Content-Length: " + body.length() + "\r\n\r\n");
            assertThat(type, client.answer(), startsWith("HTTP/1.1 100 "));
            assertTrue(client.send(body).answer().startsWith("HTTP/1.1 20"), type);
        }
        var stranger = client().send(
                        "POST /users HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 17\r\n\r\n");
        assertThat(stranger.answer(), startsWith("HTTP/1.1 401 "));
    }
}
