package dev.byline.platform.export;

import dev.byline.platform.query.Field;
import dev.byline.platform.query.Query;
import dev.byline.platform.query.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/// CSV by RFC 4180, with a header. An empty text is `""`, null is an empty cell. A text that a spreadsheet would
/// read as a formula gets an apostrophe before it.
final class CsvRowWriter implements RowWriter {

    private final CSVPrinter csv;

    CsvRowWriter(Query query, OutputStream out) throws IOException {
        csv = CSVFormat.RFC4180
                .builder()
                .setHeader(query.fields().stream().map(Field::name).toArray(String[]::new))
                .setQuoteMode(QuoteMode.ALL_NON_NULL)
                .get()
                .print(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void take(List<Row> rows) throws IOException {
        for (var row : rows) {
            csv.printRecord(row.shown().map(CsvRowWriter::cell));
        }
    }

    private static Object cell(Object value) {
        return value instanceof String text ? SpreadsheetText.write(text) : value;
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
