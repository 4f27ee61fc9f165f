package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes that start together on one database, the clock of the second an hour ahead. Needs Debian's
/// libfaketime.
class ClocksIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    @TempDir
    Path folder;

    private Postgres postgres;
    private Service right;
    private Service ahead;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.exists(LIBRARY), "libfaketime is not installed");
        postgres = new Postgres(folder);
        right = new Service(folder, postgres.url(), Map.of());
        var anHour = Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME", "+3600");
        ahead = new Service(folder, postgres.url(), anHour);
        right.await("/q/health/ready", 200);
        ahead.await("/q/health/ready", 200);
    }

    @AfterEach
    void end() throws Exception {
        if (postgres != null) {
            right.close();
            ahead.close();
            postgres.close();
        }
    }

    @Test
    void storesARequestOnceAndLetsNoWriteOverwriteAnother() throws Exception {
        for (var services : List.of(List.of(right, ahead), List.of(ahead, right))) {
            var first = services.getFirst();
            var second = services.getLast();
            var key = "clocks-" + first.uri("/").getPort();
            var created = create(first, key, "Ada");
            var again = create(second, key, "Ada");
            assertEquals(201, created.statusCode(), created.body());
            assertEquals(created.body(), again.body());

            var path = "/users/" + id(created);
            assertEquals(200, change(second, path, "{\"age\":1,\"version\":0}").statusCode());
            assertEquals(412, change(first, path, "{\"age\":2,\"version\":0}").statusCode());
            assertEquals(200, change(first, path, "{\"age\":2,\"version\":1}").statusCode());
        }
    }

    @Test
    void walksEveryRowOnceInTheOrderOfItsTimes() throws Exception {
        var name = "walked";
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            ids.add(id(create(i % 2 == 0 ? right : ahead, "walk-" + i, name)));
        }
        var seen = new ArrayList<Long>();
        var next = "/users?name=" + name + "&sort=-createdAt&limit=3";
        for (int page = 0; next != null; page++) {
            var answer = (page % 2 == 0 ? ahead : right).get(next);
            assertEquals(200, answer.statusCode(), answer.body());
            for (JsonNode row : JSON.readTree(answer.body())) {
                seen.add(row.get("id").asLong());
            }
            next = next(answer);
        }
        assertEquals(ids.stream().sorted().toList(), seen.stream().sorted().toList());
        long early = seen.subList(0, 10).stream()
                .filter(id -> ids.indexOf(id) % 2 == 1)
                .count();
        assertEquals(10, early, "the rows of the process that is ahead are the newest");
    }

    /// All that depends on a node's clock beside the times of rows: when a token has expired, and when it begins.
    @Test
    void eachTakesTokensByItsOwnClock() throws Exception {
        var soon = Instant.now().plus(Duration.ofMinutes(30)).getEpochSecond();
        var ends = token("exp", soon);
        var begins = token("nbf", soon);
        assertEquals(201, right.as(ends, "POST", "/users", "{\"name\":\"Ada\"}").statusCode());
        assertEquals(401, ahead.as(ends, "POST", "/users", "{\"name\":\"Ada\"}").statusCode());
        assertEquals(
                401, right.as(begins, "POST", "/users", "{\"name\":\"Ada\"}").statusCode());
        assertEquals(
                201, ahead.as(begins, "POST", "/users", "{\"name\":\"Ada\"}").statusCode());
    }

    private static String token(String claim, long time) {
        var claims = Tokens.claims("clocks");
        claims.put("scope", "admin");
        claims.put(claim, time);
        return Tokens.of(claims);
    }

    private static HttpResponse<String> create(Service service, String key, String name)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.uri("/users"))
                    .header("Content-Type", Service.JSON)
                    .header("Authorization", "Bearer " + Tokens.admin())
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> change(Service service, String path, String json)
            throws IOException, InterruptedException {
        return service.send("PATCH", path, Service.JSON, BodyPublishers.ofString(json));
    }

    private static long id(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).get("id").asLong();
    }

    /// The path of the page after this one; null after the last.
    private static String next(HttpResponse<String> page) {
        return page.headers().allValues("Link").stream()
                .flatMap(value -> NEXT.matcher(value).results())
                .map(link -> URI.create(link.group(1)))
                .map(uri -> uri.getRawPath() + "?" + uri.getRawQuery())
                .findFirst()
                .orElse(null);
    }
}
