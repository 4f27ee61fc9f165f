package dev.byline.platform.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/// The audit log of the service under test, while it is open.
final class AuditLog extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("byline.audit");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Line(String requestId, String text) {}

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Level before = LOGGER.getLevel();

    AuditLog() {
        LOGGER.setLevel(Level.INFO);
        LOGGER.addHandler(this);
    }

    String lineOf(Response answer) throws InterruptedException {
        return lineOf(answer.header("X-Request-Id"));
    }

    /// The one line about this request. It is written after the answer.
    String lineOf(String id) throws InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (linesOf(id).isEmpty()) {
            assertTrue(Instant.now().isBefore(deadline), "no line for " + id);
            Thread.sleep(20);
        }
        assertEquals(1, linesOf(id).size());
        return linesOf(id).getFirst();
    }

    private List<String> linesOf(String requestId) {
        return lines.stream()
                .filter(line -> requestId.equals(line.requestId))
                .map(Line::text)
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        var entry = ExtLogRecord.wrap(record);
        lines.add(new Line(entry.getMdc("requestId"), entry.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setLevel(before);
    }
}
