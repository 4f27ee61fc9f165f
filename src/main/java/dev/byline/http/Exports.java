package dev.byline.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.problem.ProblemException;
import dev.byline.query.Snapshot;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Writes lists while it reads them: in constant memory, from one snapshot of the database. The client sets the
/// pace, and holds a connection to the database as long as it reads, so the number of exports at a time is bounded,
/// and the time of each.
@Provider
@Singleton
public class Exports implements MessageBodyWriter<Export> {

    private static final int BUFFER = 1 << 15;
    private static final Pattern GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final CurrentVertxRequest current;
    private final ObjectMapper json;
    private final Duration timeout;
    private final Semaphore places;

    Exports(
            CurrentVertxRequest current,
            ObjectMapper json,
            @ConfigProperty(name = "byline.export.timeout") Duration timeout,
            @ConfigProperty(name = "byline.export.max-concurrent") int most) {
        this.current = current;
        this.json = json;
        this.timeout = timeout;
        this.places = new Semaphore(most);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Export.class;
    }

    /// @throws ProblemException 503 when too many exports run
    @Override
    public void writeTo(
            Export export,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable("Other exports are running: wait for one to end", null);
        }
        try {
            boolean packed = isGzipAccepted();
            if (packed) {
                headers.putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            var buffer = new BufferedOutputStream(out, BUFFER);
            write(export, packed ? new GZIPOutputStream(buffer, BUFFER) : buffer);
        } finally {
            places.release();
        }
    }

    private boolean isGzipAccepted() {
        var accepted = current.getCurrent().request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && GZIP.matcher(accepted).find();
    }

    private void write(Export export, OutputStream out) throws IOException {
        var rows = export.type().equals(Export.CSV)
                ? new CsvRows(export.query(), out)
                : new JsonRows(json, export.members(), out);
        Snapshot.read(export.query(), timeout, rows);
        rows.end();
        out.close(); // only now: an export that fails must not look complete
    }
}
