package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// A person who reads, writes, imports and exports, somebody without a token who reads, and an operator who asks for
/// health and metrics. Told to come back later, they do.
final class HonestClients implements AutoCloseable {

    enum Work {
        READ("reads one row, no token", 50),
        OWN_READ("reads one row, token", 50),
        WRITE("creates a post", 100),
        LIST("reads a page", 200),
        IMPORT("imports 100 posts", 1000),
        EXPORT("exports the user's posts", 1000),
        OPERATOR("health and metrics", 500);

        private final String title;
        private final int pause;

        /// @param pause between two requests, in milliseconds
        Work(String title, int pause) {
            this.title = title;
            this.pause = pause;
        }

        String title() {
            return title;
        }
    }

    private static final int IMPORTED = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern RUNNING =
            Pattern.compile("^byline_requests_running(?:\\{.*})? ([\\d.]+)$", Pattern.MULTILINE);
    private static final List<String> OPERATOR_PATHS = List.of("/q/health/live", "/q/health/ready", "/q/metrics");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Service service;
    private final SiegeData data;
    private final String token = Tokens.ofSomebody("users:write posts:write");
    private final long user;
    private final AtomicLong sequence = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Long, String> created = new ConcurrentHashMap<>();
    private final Queue<String> imported = new ConcurrentLinkedQueue<>();
    private volatile Map<Work, Tally> tallies = newTallies();
    private volatile boolean over;

    HonestClients(Service service, SiegeData data) throws IOException, InterruptedException {
        this.service = service;
        this.data = data;
        user = SiegeData.id(
                service.as(token, "POST", "/users", "{\"name\":\"Ada\"}").body());
    }

    private static Map<Work, Tally> newTallies() {
        var tallies = new EnumMap<Work, Tally>(Work.class);
        for (var work : Work.values()) {
            tallies.put(work, new Tally());
        }
        return tallies;
    }

    void start() {
        for (var work : Work.values()) {
            threads.add(Thread.startVirtualThread(() -> repeat(work)));
        }
    }

    /// Forgets the figures so far, but not what has been acknowledged.
    void countFromNow() {
        tallies = newTallies();
    }

    Map<Work, Tally> tallies() {
        return tallies;
    }

    private void repeat(Work work) {
        try {
            while (!over) {
                int seconds = once(work);
                Thread.sleep(seconds > 0 ? seconds * 1000L : work.pause);
            }
        } catch (InterruptedException stopped) {
            // As asked.
        }
    }

    /// @return after how many seconds to come back, 0 for whenever it is convenient
    private int once(Work work) throws InterruptedException {
        var tally = tallies.get(work);
        var begin = Instant.now();
        String end;
        int seconds = 0;
        tally.requests(1);
        try {
            var answer = ask(work);
            end = String.valueOf(answer.statusCode());
            seconds = answer.headers()
                    .firstValue("Retry-After")
                    .map(Integer::valueOf)
                    .orElse(0);
            if (answer.statusCode() == 503 && seconds == 0) {
                end = "503 without Retry-After";
            }
        } catch (HttpTimeoutException late) {
            end = "not answered in time";
        } catch (IOException broken) {
            end = "not answered";
        }
        tally.end(end, Duration.between(begin, Instant.now()));
        return seconds;
    }

    private HttpResponse<String> ask(Work work) throws IOException, InterruptedException {
        return switch (work) {
            case READ -> send(request(anyRow()));
            case OWN_READ -> send(authorized(anyRow()));
            case WRITE -> write();
            case LIST -> send(request("/users?sort=-id"));
            case IMPORT -> importRows();
            case EXPORT -> send(authorized("/users/" + user + "/posts").header("Accept", "application/x-ndjson"));
            case OPERATOR ->
                send(request(OPERATOR_PATHS.get((int) (sequence.getAndIncrement() % OPERATOR_PATHS.size()))));
        };
    }

    private String anyRow() {
        return "/users/" + data.users().get(ThreadLocalRandom.current().nextInt(SiegeData.USERS));
    }

    private HttpResponse<String> write() throws IOException, InterruptedException {
        var title = "single " + sequence.getAndIncrement();
        var body = "{\"title\":\"%s\",\"content\":\"%s\",\"userId\":%d}".formatted(title, SiegeData.WORDS, user);
        var answer =
                send(authorized("/posts").header("Content-Type", Service.JSON).POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() == 201) {
            created.put(SiegeData.id(answer.body()), title);
        }
        return answer;
    }

    private HttpResponse<String> importRows() throws IOException, InterruptedException {
        var title = "import-" + sequence.getAndIncrement();
        var rows = "{\"title\":\"%s\",\"content\":\"%s\"}\n".formatted(title, SiegeData.WORDS);
        var answer = send(authorized("/users/" + user + "/posts")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(rows.repeat(IMPORTED))));
        if (answer.statusCode() == 200) {
            imported.add(title);
        }
        return answer;
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.uri(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// The requests that the service says it is working on.
    double running() throws IOException, InterruptedException {
        var metrics = send(request("/q/metrics")).body();
        var sample = RUNNING.matcher(metrics);
        assertTrue(sample.find(), metrics);
        return Double.parseDouble(sample.group(1));
    }

    /// Does each kind of work once, after the siege: nothing excuses a refusal any more.
    void assertAllIsServed() throws IOException, InterruptedException {
        for (var work : Work.values()) {
            var answer = ask(work);
            assertEquals(2, answer.statusCode() / 100, work + ": " + answer.body());
        }
    }

    /// Reads back every write that has been acknowledged.
    void assertNothingIsLost() throws IOException, InterruptedException {
        for (var post : created.entrySet()) {
            var answer = send(request("/posts?fields=title&id=" + post.getKey()));
            assertEquals("[{\"title\":\"" + post.getValue() + "\"}]", answer.body(), "post " + post.getKey());
        }
        for (var title : imported) {
            var answer = send(
                    request("/users/" + user + "/posts?limit=1&title=" + title).header("Prefer", "count=exact"));
            assertEquals(
                    String.valueOf(IMPORTED),
                    answer.headers().firstValue("X-Total-Count").orElse(answer.body()),
                    title);
        }
    }

    /// Returns when what has been asked is answered, or nobody waits for it any more.
    void stop() throws InterruptedException {
        over = true;
        for (var thread : threads) {
            thread.join(PATIENCE);
        }
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
        client.close();
    }
}
