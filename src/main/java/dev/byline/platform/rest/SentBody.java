package dev.byline.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.upload.Upload;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/// The body of the current request: one JSON value, or many rows.
@Singleton
public record SentBody(CurrentVertxRequest current, ObjectMapper json) {

    /// Whether the body has rows, any number of them: it is an upload, or begins as a JSON array.
    public static boolean hasRows(RoutingContext request) {
        return Upload.of(request).isPresent() || first(bytes(request)) == '[';
    }

    public boolean hasRows() {
        return hasRows(current.getCurrent());
    }

    /// @throws ProblemException 400 when the body has no rows
    public void mustHaveRows() {
        if (!hasRows()) {
            throw ProblemException.malformed("Send a JSON array of rows, or rows as application/x-ndjson or text/csv.");
        }
    }

    /// The JSON value.
    ///
    /// @throws ProblemException 400 when there is none
    public <T> T one(Class<T> type) throws IOException {
        var bytes = bytes(current.getCurrent());
        T value = isBlank(bytes) ? null : json.readValue(bytes.getBytes(), type);
        if (value == null) {
            throw ProblemException.malformed("The body is empty: send a JSON object.");
        }
        return value;
    }

    /// A member of the JSON object, as it was sent.
    public Optional<JsonNode> member(String name) throws IOException {
        var sent = json.readTree(bytes(current.getCurrent()).getBytes());
        return Optional.ofNullable(sent.get(name));
    }

    /// Whether there is only JSON's white space.
    public static boolean isBlank(Buffer bytes) {
        return first(bytes) < 0;
    }

    /// @return the first byte that is not white space; -1 where there is none
    private static int first(Buffer bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            int each = bytes.getUnsignedByte(i);
            if (each != ' ' && each != '\t' && each != '\n' && each != '\r') {
                return each;
            }
        }
        return -1;
    }

    private static Buffer bytes(RoutingContext request) {
        var body = request.body().buffer();
        return body == null ? Buffer.buffer() : body;
    }
}
