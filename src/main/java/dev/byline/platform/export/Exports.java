package dev.byline.platform.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.query.Rows;
import dev.byline.platform.server.Places;
import dev.byline.platform.server.Places.Place;
import dev.byline.platform.server.Sender;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// Writes lists while it reads them, in constant memory, from one snapshot of the database. The client sets the
/// pace, and occupies a database connection as long as it reads. So the number of concurrent exports and the time
/// of each are limited.
@Singleton
public class Exports {

    private static final int BUFFER = 1 << 15;

    private final ObjectMapper json;
    private final Duration timeout;
    private final Sender sender;
    private final Places places;
    private final Places placesOfAnonymous;

    Exports(
            ObjectMapper json,
            Sender sender,
            @ConfigProperty(name = "byline.export.timeout") Duration timeout,
            @ConfigProperty(name = "byline.export.max-concurrent") int most) {
        this.json = json;
        this.timeout = timeout;
        this.sender = sender;
        this.places = new Places(most);
        // One place is reserved for callers with a token.
        this.placesOfAnonymous = new Places(Math.max(1, most - 1));
    }

    /// An answer with the whole list, to be written row by row.
    ///
    /// @param members what clients see of the rows
    /// @param type {@link MediaTypes#NDJSON} or {@link MediaTypes#CSV}
    /// @throws ProblemException 400 when the rows do not fit the format; 503, when it is written, if too many
    /// exports run
    public ResponseBuilder<Object> of(Rows<?> rows, RowView members, String type, RoutingContext request) {
        if (type.equals(MediaTypes.CSV) && members != RowView.OWN) {
            throw ProblemException.ofParameter(
                    "embed", "conflict", "the rows of a CSV have no lists: ask for " + MediaTypes.NDJSON);
        }
        var accepted = request.request().headers().get(HttpHeaders.ACCEPT_ENCODING);
        boolean isPacked = accepted != null && MediaTypes.accepts(accepted, "gzip");
        StreamingOutput body = out -> {
            var buffer = new BufferedOutputStream(new Sending(out), BUFFER);
            var name = sender.name(request);
            var taken = take(name, sender.isAnonymous(request) ? List.of(placesOfAnonymous, places) : List.of(places));
            OutputStream stream;
            try {
                stream = isPacked ? new GZIPOutputStream(buffer, BUFFER) : buffer;
                var writer = type.equals(MediaTypes.CSV)
                        ? new CsvRowWriter(rows.query(), stream)
                        : new NdjsonRowWriter(json, members, stream);
                rows.read(timeout, writer);
                writer.end();
            } finally {
                taken.forEach(Place::giveBack);
            }
            stream.close(); // only now: an export that fails must not look complete
        };
        return ResponseBuilder.ok((Object) body, type).header(HttpHeaders.CONTENT_ENCODING, isPacked ? "gzip" : null);
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
}
