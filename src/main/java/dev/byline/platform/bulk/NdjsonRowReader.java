package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.http.Utf8;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.upload.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// JSON objects, one a line. Blank lines are skipped. Jackson's own reader of many values cannot continue after a line
/// that is not JSON, and the answer lists all of those.
final class NdjsonRowReader<I> implements RowReader<I> {

    private final InputStream body;
    private final ObjectReader reader;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private long line;

    NdjsonRowReader(Upload upload, ObjectReader reader) throws IOException {
        body = upload.open();
        this.reader = reader;
    }

    @Override
    public InputRow<I> next() throws IOException {
        for (int length = nextLine(); length >= 0; length = nextLine()) {
            int from = start;
            start = Math.min(start + length + 1, end);
            line++;
            if (!isBlank(from, length)) {
                return parse(from, length);
            }
        }
        return null;
    }

    private InputRow<I> parse(int from, int length) {
        var place = RowPosition.on(line);
        // Jackson would accept UTF-16, and some invalid UTF-8.
        if (!Utf8.isIn(buffer, from, length)) {
            return InputRow.bad(place, new ProblemException(ProblemType.MALFORMED, "is not UTF-8"));
        }
        try {
            return InputRow.of(place, reader.readValue(buffer, from, length), length);
        } catch (IOException e) { // no file is read here: the content of the line is invalid
            return InputRow.bad(place, e);
        }
    }

    private boolean isBlank(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /// Reads the whole next line into the buffer, at `start`.
    ///
    /// @return its length without the line feed, or -1 after the last one
    private int nextLine() throws IOException {
        int looked = start;
        while (true) {
            for (; looked < end; looked++) {
                if (buffer[looked] == '\n') {
                    return looked - start;
                }
            }
            looked -= start;
            if (!fill()) {
                return end > start ? end - start : -1;
            }
            looked += start;
        }
    }

    /// @return whether there was something left to read
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end > MAX_ROW) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "Line " + (line + 1) + " has more than " + MAX_ROW + " bytes.");
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = body.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read >= 0;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
