package dev.byline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM under load, seen by clients that keep their connections open and write without a pause.
class DrainIT {

    private static final int CLIENTS = 8;
    private static final String BODY = "{\"name\":\"Ada\"}";

    @TempDir
    Path folder;

    private final AtomicInteger written = new AtomicInteger();

    @Test
    void everyRequestIsAnsweredAndEveryClientIsToldToGo() throws Exception {
        try (var postgres = new Postgres(folder);
                var service = new Service(folder, postgres.url(), Map.of("QUARKUS_SHUTDOWN_DELAY", "3s"));
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            service.await("/q/health/ready", 200);
            var clients = new ArrayList<Future<List<Integer>>>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(threads.submit(() -> writeUntilToldToGo(service)));
            }
            while (written.get() < 100) {
                Thread.sleep(20);
            }
            service.terminate();
            for (var client : clients) {
                var statuses = client.get(60, TimeUnit.SECONDS); // fails with what the client saw, a reset for example
                assertTrue(statuses.stream().allMatch(status -> status == 201), statuses::toString);
            }
            service.exitStatus();
            postgres.execute("do $$ begin assert (select count(*) from users) = " + written + "; end $$");
        }
    }

    private List<Integer> writeUntilToldToGo(Service service) throws IOException {
        var statuses = new ArrayList<Integer>();
        var uri = service.uri("/users");
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout((int) Service.PATIENCE.toMillis());
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            boolean goOn = true;
            while (goOn) {
                socket.getOutputStream().write(request());
                statuses.add(Integer.valueOf(answers.readLine().split(" ")[1]));
                written.incrementAndGet();
                goOn = read(answers);
            }
        }
        return statuses;
    }

    private static byte[] request() {
        return """
                POST /users HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(Tokens.admin(), BODY.length(), BODY).getBytes(US_ASCII);
    }

    /// Reads the headers and the body.
    ///
    /// @return whether the connection stays open
    private static boolean read(BufferedReader answer) throws IOException {
        int length = 0;
        boolean open = true;
        for (var line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
            var header = line.toLowerCase(Locale.ROOT);
            open = open && !header.equals("connection: close");
            length = header.startsWith("content-length: ") ? Integer.parseInt(header.substring(16)) : length;
        }
        assertEquals(length, answer.skip(length));
        return open;
    }
}
