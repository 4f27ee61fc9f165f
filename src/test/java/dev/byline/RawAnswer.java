package dev.byline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An answer as it came, with all of its body.
///
/// @param version of HTTP, as `1.1`
/// @param headers by their names in small letters
public record RawAnswer(String version, int status, Map<String, List<String>> headers, byte[] body) {

    /// Reads an answer to its end, past those that are not the last (100 Continue).
    ///
    /// @param isToHead whether it has no body, whatever its headers say
    /// @throws IOException when the connection ends before the answer does
    static RawAnswer read(InputStream in, boolean isToHead) throws IOException {
        var answer = read(in);
        while (answer.status / 100 == 1) {
            answer = read(in);
        }
        boolean hasBody = !isToHead && answer.status != 204 && answer.status != 304;
        return new RawAnswer(answer.version, answer.status, answer.headers, hasBody ? answer.body(in) : new byte[0]);
    }

    private static RawAnswer read(InputStream in) throws IOException {
        var status = line(in).split(" ");
        var headers = new TreeMap<String, List<String>>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()),
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return new RawAnswer(status[0].substring("HTTP/".length()), Integer.parseInt(status[1]), headers, new byte[0]);
    }

    private byte[] body(InputStream in) throws IOException {
        if (header("transfer-encoding").isPresent()) {
            return chunks(in);
        }
        var length = header("content-length").map(Integer::valueOf);
        var body = length.isPresent() ? in.readNBytes(length.get()) : in.readAllBytes();
        if (length.isPresent() && body.length < length.get()) {
            throw new EOFException("The body ends early");
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in), 16);
            var chunk = in.readNBytes(size);
            body.writeBytes(chunk);
            if (chunk.length < size || !line(in).isEmpty()) {
                throw new EOFException("A chunk ends early");
            }
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("The connection ends in a line: " + line.toString(ISO_8859_1));
            }
            line.write(read);
        }
        return line.toString(ISO_8859_1).strip();
    }

    public Optional<String> header(String name) {
        return headers.containsKey(name) ? Optional.of(String.join(", ", headers.get(name))) : Optional.empty();
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /// The media type without parameters; empty where there is none.
    public String type() {
        return header("content-type").map(type -> type.replaceFirst(";.*", "")).orElse("");
    }
}
