package dev.byline.platform.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    private final LogLimit limit = new LogLimit();

    @Test
    void cutsALongMessage() {
        var event = new ExtLogRecord(Level.INFO, "%s", FormatStyle.PRINTF, "test");
        event.setParameters(new Object[] {"x".repeat(100_000)});
        assertTrue(limit.isLoggable(event));
        assertTrue(event.getMessage().startsWith("xxx"));
        assertTrue(event.getMessage().length() < LogLimit.MAX_CHARACTERS + 100);
    }

    @Test
    void cutsADeepStackTrace() {
        var event = new ExtLogRecord(Level.INFO, "deep", FormatStyle.NO_FORMAT, "test");
        event.setThrown(new IllegalStateException(thrownAt(500)));
        limit.isLoggable(event);
        assertEquals(LogLimit.MAX_FRAMES, event.getThrown().getCause().getStackTrace().length);
        assertEquals("deep", event.getMessage());
    }

    private static RuntimeException thrownAt(int depth) {
        return depth == 0 ? new RuntimeException() : thrownAt(depth - 1);
    }
}
