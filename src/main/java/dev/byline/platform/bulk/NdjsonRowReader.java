package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.http.Utf8;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.upload.Upload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// JSON objects, one a line. Blank lines are skipped. Jackson's own reader of many values cannot continue after a line
/// that is not JSON, and the answer lists all of those.
final class NdjsonRowReader<I> implements RowReader<I> {

    private static final int CHUNK = 1 << 16;

    private final InputStream body;
    private final ObjectReader reader;
    private final Deque<Buffer> lines = new ArrayDeque<>();
    private final RecordParser parser =
            RecordParser.newDelimited("\n", lines::add).maxRecordSize(MAX_ROW);
    private long line;

    NdjsonRowReader(Upload upload, ObjectReader reader) throws IOException {
        // The last line may have no end.
        body = new SequenceInputStream(upload.open(), new ByteArrayInputStream(new byte[] {'\n'}));
        this.reader = reader;
    }

    @Override
    public InputRow<I> next() throws IOException {
        while (!lines.isEmpty() || readLines()) {
            if (!lines.isEmpty()) {
                line++;
                var bytes = lines.remove();
                if (!SentBody.isBlank(bytes)) {
                    return new InputRow<>(RowPosition.on(line), bytes.length(), () -> parse(bytes.getBytes()));
                }
            }
        }
        return null;
    }

    private I parse(byte[] bytes) throws IOException {
        // Jackson would accept UTF-16, and some invalid UTF-8.
        if (!Utf8.isIn(bytes)) {
            throw ProblemException.malformed("is not UTF-8");
        }
        return reader.readValue(bytes);
    }

    /// @return false at the end of the body
    private boolean readLines() throws IOException {
        var chunk = body.readNBytes(CHUNK);
        try {
            parser.handle(Buffer.buffer(chunk));
        } catch (IllegalStateException tooLong) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "Line " + (line + 1) + " has more than " + MAX_ROW + " bytes.", tooLong);
        }
        return chunk.length > 0;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
