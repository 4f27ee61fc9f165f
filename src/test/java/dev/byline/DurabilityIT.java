package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database is killed in the middle of imports and single writes, and started again: what was acknowledged is
/// there, and of what came together, all or nothing.
class DurabilityIT {

    private static final int KILLS = 2;
    private static final int ROWS = 3000;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Test
    void losesNothingThatItHasAcknowledgedAndKeepsNoHalfOfAnImport() throws Exception {
        try (var postgres = new Postgres(folder);
                var service = new Service(folder, postgres.url(), Map.of())) {
            service.await("/q/health/ready", 200);
            assertEquals(201, service.post("/users", "{\"name\":\"Ada\"}").statusCode());
            try (var writers = new Writers(service);
                    var threads = Executors.newSingleThreadExecutor()) {
                var imports = threads.submit(() -> importWithoutAPause(service));
                for (int kills = 0; kills < KILLS; kills++) {
                    awaitMoreImports(2);
                    postgres.kill();
                    writers.awaitMore(503, 5);
                    postgres.start();
                }
                awaitMoreImports(1);
                stopped = true;
                imports.get(60, TimeUnit.SECONDS);
                writers.assertNothingIsLost();
            }
            var stored = rowsByTitle(postgres);
            stored.forEach((title, rows) -> assertEquals(ROWS, rows, title));
            assertTrue(stored.keySet().containsAll(acknowledged), acknowledged + " were acknowledged: " + stored);
        }
    }

    private Void importWithoutAPause(Service service) throws IOException, InterruptedException {
        for (int i = 0; !stopped; i++) {
            var title = "import " + i;
            var lines = "{\"title\":\"%s\",\"content\":\"x\",\"userId\":1}\n"
                    .formatted(title)
                    .repeat(ROWS);
            var answer = service.send("POST", "/posts", "application/x-ndjson", BodyPublishers.ofString(lines));
            switch (answer.statusCode()) {
                case 200 -> acknowledged.add(title);
                case 503 ->
                    assertFalse(answer.headers().firstValue("Retry-After").isEmpty());
                default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        }
        return null;
    }

    private void awaitMoreImports(int count) throws InterruptedException {
        int goal = acknowledged.size() + count;
        var deadline = Instant.now().plus(Service.PATIENCE);
        while (acknowledged.size() < goal) {
            assertTrue(Instant.now().isBefore(deadline), "no more imports");
            Thread.sleep(20);
        }
    }

    private static Map<String, Integer> rowsByTitle(Postgres postgres) throws SQLException {
        var stored = new HashMap<String, Integer>();
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select title, count(*) from posts group by title")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getInt(2));
            }
        }
        return stored;
    }
}
