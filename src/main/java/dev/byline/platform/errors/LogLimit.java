package dev.byline.platform.errors;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/// Limits what one event writes to the log, whatever a client has sent: the length of the message, and the number
/// of frames of each stack trace.
@LoggingFilter(name = "limit")
public final class LogLimit implements Filter {

    static final int MAX_CHARACTERS = 4000;
    static final int MAX_FRAMES = 60;

    /// A chain of causes may contain a cycle.
    private static final int MAX_CAUSES = 20;

    private static final ExtFormatter MESSAGE = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord event) {
            return formatMessage(event);
        }
    };

    @Override
    public boolean isLoggable(LogRecord event) {
        if (event instanceof ExtLogRecord record) {
            cut(record);
        }
        var cause = event.getThrown();
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            cut(cause);
            cause = cause.getCause();
        }
        return true;
    }

    private static void cut(ExtLogRecord event) {
        var message = MESSAGE.format(event);
        if (message != null && message.length() > MAX_CHARACTERS) {
            int more = message.length() - MAX_CHARACTERS;
            event.setMessage(
                    message.substring(0, MAX_CHARACTERS) + "… and " + more + " characters", FormatStyle.NO_FORMAT);
            event.setParameters(null);
        }
    }

    private static void cut(Throwable thrown) {
        var frames = thrown.getStackTrace();
        if (frames.length > MAX_FRAMES) {
            thrown.setStackTrace(Arrays.copyOf(frames, MAX_FRAMES));
        }
    }
}
