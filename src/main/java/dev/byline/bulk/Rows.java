package dev.byline.bulk;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.http.Upload;
import dev.byline.http.Uploads;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;

/// The rows of a body, one after the other, in memory that does not grow with their number.
sealed interface Rows<I> extends Closeable permits JsonRows, NdjsonRows, CsvRows {

    /// A row is as large as the body of a single one may be.
    int MAX_ROW = 1 << 20;

    /// @return null after the last one
    Row<I> next() throws IOException;

    static <I> Rows<I> of(RoutingContext request, ObjectReader reader) throws IOException {
        var upload = Upload.of(request);
        if (upload.isEmpty()) {
            return new JsonRows<>(
                    new ByteArrayInputStream(request.body().buffer().getBytes()), reader);
        }
        boolean isCsv = request.request().getHeader(HttpHeaders.CONTENT_TYPE).equals(Uploads.CSV);
        return isCsv ? new CsvRows<>(upload.get(), reader) : new NdjsonRows<>(upload.get(), reader);
    }
}
