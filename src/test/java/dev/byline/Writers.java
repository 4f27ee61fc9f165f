package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Clients that create users without a pause and keep what they were told: how often which status came, and every
/// acknowledged row.
final class Writers implements AutoCloseable {

    private static final int CLIENTS = 8;
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final Service service;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Writers(Service service) {
        this.service = service;
        for (int client = 0; client < CLIENTS; client++) {
            clients.submit(this::write);
        }
    }

    /// Writers to a service that is ready and has answered some of them.
    static Writers ofReady(Service service) throws Exception {
        service.await("/q/health/ready", 200);
        var writers = new Writers(service);
        writers.awaitMore(201, 50);
        return writers;
    }

    /// @param writers null where the service has never been ready
    static void close(Writers writers, Service service) throws Exception {
        if (writers != null) {
            writers.close();
        }
        service.close();
    }

    private void write() {
        while (!stopped) {
            try {
                keep(service.post("/users", "{\"name\":\"Ada\"}"));
                Thread.sleep(10);
            } catch (IOException unanswered) {
                unexpected.add(unanswered.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void keep(HttpResponse<String> answer) {
        statuses.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                .incrementAndGet();
        switch (answer.statusCode()) {
            case 201 -> acknowledged.add(id(answer.body()));
            case 503 -> {
                if (answer.headers().firstValue("Retry-After").isEmpty()) {
                    unexpected.add("503 without Retry-After: " + answer.body());
                }
            }
            default -> unexpected.add(answer.statusCode() + " " + answer.body());
        }
    }

    private static String id(String json) {
        var id = ID.matcher(json);
        assertTrue(id.find(), json);
        return id.group(1);
    }

    /// Waits until so many more writes have been answered with the status.
    void awaitMore(int status, int count) throws InterruptedException, IOException {
        int goal = count(status) + count;
        var deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (count(status) < goal) {
            assertTrue(Instant.now().isBefore(deadline), () -> "no more " + status + ": " + statuses + unexpected);
            Thread.sleep(50);
        }
    }

    private int count(int status) {
        return statuses.getOrDefault(status, new AtomicInteger()).get();
    }

    /// Every write was answered with 201, or with 503 and when to try again; every row that was acknowledged is there.
    void assertNothingIsLost() throws IOException, InterruptedException {
        close();
        assertTrue(unexpected.isEmpty(), unexpected.peek() + "\n" + service.errors());
        for (var id : acknowledged) {
            assertEquals(200, service.get("/users/" + id).statusCode(), "user " + id + " was acknowledged");
        }
    }

    @Override
    public void close() {
        stopped = true;
        clients.close();
    }
}
