package dev.byline.platform.export;

import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.byline.platform.query.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One JSON object a line (NDJSON).
final class NdjsonRowWriter implements RowWriter {

    private final RowView members;
    private final OutputStream out;
    private final SequenceWriter lines;
    private boolean isEmpty = true;

    NdjsonRowWriter(ObjectMapper json, RowView members, OutputStream out) throws IOException {
        this.members = members;
        this.out = out;
        this.lines = json.writer(new MinimalPrettyPrinter("\n"))
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .writeValues(out);
    }

    @Override
    public void take(List<Row> rows) throws IOException {
        for (var rest = rows; !rest.isEmpty(); ) {
            var shown = members.of(rest);
            lines.writeAll(shown);
            rest = rest.subList(shown.size(), rest.size());
        }
        isEmpty &= rows.isEmpty();
    }

    @Override
    public void end() throws IOException {
        lines.flush();
        if (!isEmpty) {
            out.write('\n');
        }
        out.flush();
    }
}
