package dev.byline.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The query of a request's URI: names and values, separated by `&`, in percent-encoded UTF-8, with `+` for a
/// space. A semicolon is part of a value. `name[]`, which many clients send for a list of values, is `name`.
public final class QueryString {

    private static final String KEY = QueryString.class.getName();

    /// The decoder silently drops the parameters after these. The longest request line has no room for so many.
    private static final int MOST = 10_000;

    private QueryString() {}

    /// The values of each parameter, in their order.
    ///
    /// @throws ProblemException 400 when it is not UTF-8
    public static Map<String, List<String>> of(RoutingContext request) {
        Map<String, List<String>> known = request.get(KEY);
        if (known == null) {
            var sent = request.request().query();
            known = sent == null ? Map.of() : read(sent);
            request.put(KEY, known);
        }
        return known;
    }

    /// The query as it was sent, without some of its parameters. Characters outside ASCII are percent-encoded.
    public static String without(Set<String> names, RoutingContext request) {
        return Arrays.stream(Objects.requireNonNullElse(request.request().query(), "")
                        .split("&"))
                .filter(parameter -> !parameter.isEmpty() && !names.contains(name(parameter)))
                .map(QueryString::inAscii)
                .collect(Collectors.joining("&"));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return withoutBrackets(
                QueryStringDecoder.decodeComponent(equals < 0 ? parameter : parameter.substring(0, equals)));
    }

    private static String withoutBrackets(String name) {
        return name.length() > 2 && name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
    }

    /// The HTTP server decodes each byte as one character.
    private static String inAscii(String sent) {
        return sent.chars()
                .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : "%%%02X".formatted(c))
                .collect(Collectors.joining());
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// First decodes each byte as one character. A UTF-8 decoder would replace invalid bytes with U+FFFD, and that
    /// would change the meaning of a filter.
    private static Map<String, List<String>> read(String query) {
        try {
            var parameters = new LinkedHashMap<String, List<String>>();
            for (var parameter : QueryStringDecoder.builder()
                    .charset(ISO_8859_1)
                    .hasPath(false)
                    .maxParams(MOST)
                    .semicolonIsNormalChar(true)
                    .build(query)
                    .parameters()
                    .entrySet()) {
                var name = withoutBrackets(utf8(parameter.getKey()));
                var values = parameters.computeIfAbsent(name, first -> new ArrayList<>());
                for (var value : parameter.getValue()) {
                    values.add(utf8(value));
                }
            }
            return parameters;
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            throw new ProblemException(ProblemType.PARAMETER, "The query is not UTF-8: é is %C3%A9, for example.");
        }
    }

    private static String utf8(String bytes) throws CharacterCodingException {
        return isAscii(bytes)
                ? bytes
                : UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                        .toString();
    }
}
