package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who has written what, and who was refused, in the log of the package as operators get it.
class AuditIT {

    @TempDir
    Path folder;

    @Test
    void namesWhoWroteAndWhoWasRefusedAndKeepsTheirTokens() throws Exception {
        try (var postgres = new Postgres(folder);
                var service = new Service(folder, postgres.url(), Map.of())) {
            service.await("/q/health/ready", 200);
            var eve = Tokens.of("eve\n\"level\":", "posts:write");
            var created = service.post("/users", "{\"name\":\"Ada\"}");
            var forbidden = service.as(eve, "DELETE", "/users/1", "");
            var unknown = service.as("no.token.", "POST", "/users", "{}");
            var read = service.get("/users");

            assertEquals("POST /users 201 by root@https://issuer.test, created /users/1", line(service, created));
            assertEquals(
                    "DELETE /users/1 403 by eve%0A%22level%22%3A@https://issuer.test,"
                            + " refused: This needs a token with the scope users:write.",
                    line(service, forbidden));
            assertTrue(line(service, unknown)
                    .matches("POST /users 401 by (127\\.0\\.0\\.1|::1), token refused: The token.*"));
            assertEquals(List.of(), lines(service, read));
            for (var secret : List.of(Tokens.admin(), eve, Tokens.admin().split("\\.")[2])) {
                assertTrue(!service.log().contains(secret), "a token is in the log");
            }
        }
    }

    private static String line(Service service, HttpResponse<?> answer) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        while (lines(service, answer).isEmpty()) { // it is written after the answer
            assertTrue(Instant.now().isBefore(deadline), "no line for " + answer);
            Thread.sleep(50);
        }
        assertEquals(1, lines(service, answer).size());
        return lines(service, answer).getFirst();
    }

    private static List<String> lines(Service service, HttpResponse<?> answer) throws IOException {
        var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        return service.log()
                .lines()
                .map(AuditIT::json)
                .filter(line -> line.path("loggerName").asText().equals("byline.audit"))
                .filter(line -> line.path("mdc").path("requestId").asText().equals(id))
                .map(line -> line.path("message").asText())
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException notComplete) {
            return new ObjectMapper().createObjectNode();
        }
    }
}
