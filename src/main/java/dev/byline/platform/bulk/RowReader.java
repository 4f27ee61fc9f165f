package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.upload.Upload;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;

/// Reads the rows of a body one after the other, in memory that does not grow with their number.
sealed interface RowReader<I> extends Closeable permits JsonRowReader, NdjsonRowReader, CsvRowReader {

    /// A row may be as large as the body of a request for a single row.
    int MAX_ROW = 1 << 20;

    /// @return null after the last one
    InputRow<I> next() throws IOException;

    static <I> RowReader<I> of(RoutingContext request, ObjectReader reader) throws IOException {
        var upload = Upload.of(request);
        if (upload.isEmpty()) {
            return new JsonRowReader<>(
                    new ByteArrayInputStream(request.body().buffer().getBytes()), reader);
        }
        boolean isCsv = request.request().getHeader(HttpHeaders.CONTENT_TYPE).equals(MediaTypes.CSV);
        return isCsv ? new CsvRowReader<>(upload.get(), reader) : new NdjsonRowReader<>(upload.get(), reader);
    }
}
