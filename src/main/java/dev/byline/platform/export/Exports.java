package dev.byline.platform.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.platform.http.FieldValue;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.server.Places;
import dev.byline.platform.server.Places.Place;
import dev.byline.platform.server.Sender;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Writes lists while it reads them, in constant memory, from one snapshot of the database. The client sets the
/// pace, and occupies a database connection as long as it reads. So the number of concurrent exports and the time
/// of each are limited.
@Provider
@Singleton
@Produces({MediaTypes.NDJSON, MediaTypes.CSV}) // then it is no candidate for the records that are answered as JSON
public class Exports implements MessageBodyWriter<Export> {

    private static final int BUFFER = 1 << 15;

    private final CurrentVertxRequest current;
    private final ObjectMapper json;
    private final Duration timeout;
    private final Sender sender;
    private final Places places;
    private final Places placesOfAnonymous;

    Exports(
            CurrentVertxRequest current,
            ObjectMapper json,
            Sender sender,
            @ConfigProperty(name = "byline.export.timeout") Duration timeout,
            @ConfigProperty(name = "byline.export.max-concurrent") int most) {
        this.current = current;
        this.json = json;
        this.timeout = timeout;
        this.sender = sender;
        this.places = new Places(most);
        // One place is reserved for callers with a token.
        this.placesOfAnonymous = new Places(Math.max(1, most - 1));
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
        var request = current.getCurrent();
        var name = sender.name(request);
        var taken = take(name, sender.isAnonymous(request) ? List.of(placesOfAnonymous, places) : List.of(places));
        OutputStream stream;
        try {
            boolean packed = isGzipAccepted(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
            if (packed) {
                headers.putSingle(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            var buffer = new BufferedOutputStream(new Sending(out), BUFFER);
            stream = packed ? new GZIPOutputStream(buffer, BUFFER) : buffer;
            write(export, stream);
        } finally {
            taken.forEach(Place::giveBack);
        }
        stream.close(); // only now: an export that fails must not look complete
    }

    private static List<Place> take(String name, List<Places> all) {
        var taken = new ArrayList<Place>();
        for (var places : all) {
            places.take(name).ifPresent(taken::add);
        }
        if (taken.size() < all.size()) {
            taken.forEach(Place::giveBack);
            throw ProblemException.unavailable(
                    "An export of yours, or as many of others as the server takes at once, is running", null);
        }
        return taken;
    }

    /// RFC 9110, section 12.5.3: with `q=0` a coding is not acceptable.
    private static boolean isGzipAccepted(String accepted) {
        var field = new FieldValue(Objects.requireNonNullElse(accepted, ""));
        boolean accepts = false;
        do {
            boolean isGzip = field.token().equalsIgnoreCase("gzip");
            while (field.skipSpace().skip(';')) {
                boolean isQuality = field.skipSpace().token().equalsIgnoreCase("q");
                var value = field.skip('=') ? field.token() : "";
                isGzip &= !isQuality || !isZero(value);
            }
            accepts |= isGzip;
        } while (field.skipCommas());
        return accepts;
    }

    private static boolean isZero(String quality) {
        return quality.chars().allMatch(c -> c == '0' || c == '.');
    }

    /// Sends each write immediately, and waits while the client does not read.
    private static final class Sending extends FilterOutputStream {

        Sending(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            out.flush();
        }
    }

    private void write(Export export, OutputStream out) throws IOException {
        var writer = export.type().equals(Export.CSV)
                ? new CsvRowWriter(export.rows().query(), out)
                : new NdjsonRowWriter(json, export.members(), out);
        export.rows().read(timeout, writer);
        writer.end();
    }
}
