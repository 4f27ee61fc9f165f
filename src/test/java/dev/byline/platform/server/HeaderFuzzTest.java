package dev.byline.platform.server;

import static dev.byline.Api.json;
import static io.restassured.RestAssured.port;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.byline.Api;
import dev.byline.Given;
import dev.byline.RawAnswer;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

/// Requests of every operation whose headers are made from the RFCs' grammars, and from slips of them; the same ones
/// each time. No answer is a server's failure, each body is what its `Content-Type` says, which is what `Accept`
/// prefers, and a write that names `tx=rollback`, wherever it stands, writes nothing.
@QuarkusTest
public class HeaderFuzzTest {

    private static final int REQUESTS = 20_000;
    private static final long SEED = 20_261_126;

    private static final List<String> OPERATIONS = Stream.of(
                    "/users GET GET HEAD POST POST PATCH DELETE",
                    "/posts GET GET HEAD POST POST PATCH DELETE",
                    "/users/{user} GET HEAD PUT PATCH DELETE",
                    "/posts/{post} GET HEAD PUT PATCH DELETE",
                    "/users/{user}/posts GET GET HEAD POST POST",
                    "/problems GET HEAD",
                    "/posts/0{post} GET DELETE",
                    "/users/+{user}/posts POST",
                    "/nowhere GET POST")
            .flatMap(path -> Arrays.stream(path.split(" ")).skip(1).map(method -> method + " " + path.split(" ")[0]))
            .toList();
    private static final List<String> ROWS = List.of("application/json", "application/x-ndjson", "text/csv");
    private static final List<String> JSON = ROWS.subList(0, 1);
    private static final List<String> PAGE = List.of("application/json", "text/html");
    private static final List<String> RANGES = List.of(
            "*/*",
            "application/*",
            "text/*",
            "application/json",
            "application/x-ndjson",
            "text/csv",
            "text/html",
            "application/xml",
            "application/problem+json",
            "image/*");
    private static final List<String> WEIGHTS =
            List.of("", "", "", "0", "0.0", "0.001", "0.1", "0.5", "0.50", "0.9", "1", "1.0", "1.000", "0.");
    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "application/merge-patch+json",
            "application/x-ndjson",
            "text/csv",
            "text/plain",
            "application/vnd.byline.rows+json");
    private static final List<String> PARAMETERS = List.of(
            ";",
            " ;",
            ";charset=utf-8",
            "; charset=UTF-8",
            ";charset=\"utf-8\"",
            ";charset=latin1",
            ";header=present",
            ";a=\"b;c,d\\\"e\"",
            ";;",
            "\t;\tx=y",
            ";q",
            ";=");
    private static final List<String> REHEARSALS = List.of(
            "tx=rollback",
            "TX=Rollback",
            "tx=\"rollback\"",
            "tx = rollback",
            ",, tx=rollback ,",
            "tx=rollback; x=y",
            "return=minimal, tx=rollback",
            "return=representation;a=b;c,tx=rollback",
            "respond-async, wait=10, tx=rollback",
            "x=\"\\\"\", tx=rollback");
    private static final List<String> SLIPS = List.of(
            "return=minimal; tx=rollback",
            "respond-async; tx=rollback",
            "handling=lenient;TX=rollback, return=minimal",
            "x=\"a, b\"; tx=\"rollback\"",
            "tx=rolback",
            "tx=rollback junk",
            "tx:rollback",
            "\"tx=rollback");
    private static final List<String> TAGS = List.of(
            "*",
            "\"0\"",
            "W/\"0\"",
            "\"1\"",
            "\"0\", \"7\"",
            "\"a,b\", \"0\"",
            ",\"0\",,",
            "0",
            "\"",
            "\"\"",
            "*, \"0\"",
            "w/\"0\"");
    private static final List<String> ENCODINGS = List.of(
            "gzip",
            "gzip;q=1.0, identity; q=0.5, *;q=0",
            "*",
            "identity",
            "gzip;q=0",
            "",
            "br, GZIP;q=0.001",
            "compress;;gzip");
    private static final List<String> VERSIONS = List.of("1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.0");
    private static final List<String> QUERIES = List.of(
            "",
            "",
            "?limit=2",
            "?limit=2&fields=id",
            "?limit=1&",
            "?&limit=1",
            "?id:ne=1;limit=1",
            "?id:ne=%31&limit=1",
            "?limit=1#x",
            "?",
            "?limit=%ff",
            "?limit=%",
            "?a=b",
            "?limit=1;b");

    private final Random random = new Random(SEED);
    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final String run = UUID.randomUUID().toString();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private long user;
    private long post;
    private RawClient client;

    /// One request, and what its answer must be.
    ///
    /// @param types those that it may be answered with
    /// @param accept null where there is none
    private record Sent(String text, boolean isHead, List<String> types, String accept) {}

    @Test
    void everyAnswerIsWhatItSaysAndNoRehearsalWrites() throws IOException {
        user = Given.user("Victoria " + run, 36);
        post = Given.post(user, "Mine " + run);
        json("[]").post("/users").then().statusCode(200);
        var before = rows();
        for (int i = 0; i < REQUESTS; i++) {
            var sent = request();
            var answer = exchange(sent);
            statuses.merge(answer.status(), 1, Integer::sum);
            check(sent, answer);
        }
        if (client != null) {
            client.close();
        }
        assertEquals(before, rows());
        assertTrue(
                statuses.keySet().containsAll(Set.of(200, 201, 204, 304, 400, 404, 406, 412, 415, 422, 426)),
                statuses::toString);
    }

    /// What a rehearsal could have changed.
    private String rows() {
        return Api.request().get("/users?name:contains=" + run).asString()
                + Api.request().get("/posts?title:contains=" + run).asString();
    }

    private RawAnswer exchange(Sent sent) throws IOException {
        if (client == null) {
            client = new RawClient(port);
        }
        try {
            var answer = client.send(sent.text).receive(sent.isHead);
            boolean closes = answer.header("connection").orElse("").equalsIgnoreCase("close")
                    || answer.header("content-length").isEmpty()
                            && answer.header("transfer-encoding").isEmpty()
                    || sent.text.contains(" HTTP/1.0")
                    || answer.header("x-request-id").isEmpty(); // not HTTP, said the server's codec
            if (closes) {
                client.close();
                client = null;
            }
            return answer;
        } catch (IOException broken) {
            throw new AssertionError(sent.text, broken);
        }
    }

    private void check(Sent sent, RawAnswer answer) throws IOException {
        var what = sent.text + "\n" + answer.headers() + "\n" + answer.text();
        assertTrue(answer.status() < 500, what);
        assertTrue(!sent.text.startsWith("GET") || answer.status() != 201, what);
        if (answer.status() == 200) {
            assertTrue(sent.types.contains(answer.type()), what);
            assertTrue(sent.accept == null || fits(sent.accept, answer.type()), what);
        }
        if (answer.body().length > 0) {
            parse(what, answer);
        }
    }

    /// Whether an `Accept` lets an answer have this type: a check by hand that takes part of the grammar only.
    private static boolean fits(String accept, String type) {
        double best = -1;
        int exactness = -1;
        for (var range : accept.split(",")) {
            var parts = range.split(";");
            var name = parts[0].strip().toLowerCase();
            int exact = name.equals(type)
                    ? 2
                    : name.equals(type.replaceFirst("/.*", "/*")) ? 1 : name.equals("*/*") ? 0 : -1;
            double weight = 1;
            for (var parameter : parts) {
                if (parameter.strip().startsWith("q=")) {
                    weight = Double.parseDouble(parameter.strip().substring(2));
                }
            }
            if (exact > exactness || exact == exactness && weight > best) {
                exactness = exact;
                best = weight;
            }
        }
        return exactness >= 0 && best > 0;
    }

    private void parse(String what, RawAnswer answer) throws IOException {
        var bytes = answer.body();
        if (answer.header("content-encoding").orElse("").equals("gzip")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        var text = new String(bytes, UTF_8);
        switch (answer.type()) {
            case "application/json" -> json.readTree(text);
            case "application/problem+json" -> {
                JsonNode problem = json.readTree(text);
                assertEquals(answer.status(), problem.get("status").asInt(), what);
            }
            case "application/x-ndjson" -> {
                for (var line : text.lines().toList()) {
                    assertTrue(json.readTree(line).isObject(), what);
                }
            }
            case "text/csv" -> {
                var rows = CSVFormat.RFC4180.parse(new StringReader(text)).getRecords();
                var widths = new HashSet<Integer>();
                rows.forEach(row -> widths.add(row.size()));
                assertEquals(1, widths.size(), what);
            }
            case "text/html" -> assertTrue(text.startsWith("<!doctype html>"), what);
            default -> throw new AssertionError(what);
        }
    }

    private Sent request() {
        var operation = any(OPERATIONS).split(" ");
        var method = operation[0];
        var path = operation[1].replace("{user}", String.valueOf(user)).replace("{post}", String.valueOf(post));
        boolean reads = method.equals("GET") || method.equals("HEAD");
        boolean isList = path.endsWith("/users") || path.endsWith("/posts");
        var headers = new ArrayList<String>();
        var accept = random.nextInt(3) == 0 ? null : accept();
        if (accept != null) {
            add(headers, "Accept", accept);
        }
        if (!reads) {
            add(headers, "Prefer", any(random.nextInt(3) == 0 ? SLIPS : REHEARSALS));
            headers.add("Authorization: Bearer " + Tokens.admin());
        } else if (random.nextInt(6) == 0) {
            add(
                    headers,
                    "Prefer",
                    any(List.of("count=exact", "count=estimated", "COUNT=Exact", ",count=exact;x=y,", "count=all")));
        }
        maybe(headers, "If-Match", TAGS, 8);
        maybe(headers, "If-None-Match", TAGS, 8);
        maybe(headers, "Accept-Encoding", ENCODINGS, 4);
        maybe(headers, "Idempotency-Key", List.of(run, "\"" + run + "\"", "\"", "", "a b"), 8);
        var version = any(VERSIONS);
        for (int hosts = version.equals("1.0") ? 0 : random.nextInt(50) == 0 ? 2 : 1; hosts > 0; hosts--) {
            headers.add("Host: x");
        }
        var body = reads || method.equals("DELETE") && random.nextBoolean() ? "" : body(method, path, headers);
        if (!body.isEmpty()) {
            headers.add("Content-Length: " + body.getBytes(ISO_8859_1).length);
            if (random.nextInt(8) == 0) {
                headers.add("Expect: 100-continue");
            }
        }
        var query = reads
                ? any(QUERIES)
                : !isList || method.equals("POST") ? "" : "?id=" + (path.equals("/users") ? user : post);
        var end = random.nextInt(50) == 0 ? "\n" : "\r\n";
        var text = method + " " + spelled(path) + query + " HTTP/" + version + end + String.join(end, headers) + end
                + end + body;
        var types = reads && isList ? ROWS : path.startsWith("/problems") ? PAGE : JSON;
        return new Sent(text, method.equals("HEAD"), types, isWellFormed(accept) ? accept : null);
    }

    private String spelled(String path) {
        return switch (random.nextInt(8)) {
            case 0 -> "/" + path;
            case 1 -> path + ";jsessionid=1";
            case 2 -> path.replace("s", "%73");
            case 3 -> "/." + path;
            default -> path;
        };
    }

    private String accept() {
        var ranges = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var range = random.nextInt(10) == 0 ? "" : any(RANGES);
            range = random.nextInt(8) == 0 ? range.toUpperCase() : range;
            var weight = any(WEIGHTS);
            var parameter = random.nextInt(8) == 0 ? any(List.of(";", " ;", ";a=b", ";charset=\"utf-8\"")) : "";
            ranges.add(
                    range.isEmpty()
                            ? ""
                            : range
                                    + parameter
                                    + (weight.isEmpty() ? "" : any(List.of(";q=", "; q=", " ;q=")) + weight));
        }
        var accept = String.join(any(List.of(",", ", ", " ,\t")), ranges);
        return random.nextInt(12) == 0
                ? accept + any(List.of("text", "/", ";", "a/b c/d", "text/csv;q=2", "\""))
                : accept;
    }

    /// Whether it is a list of media types, so that it must be followed.
    private static boolean isWellFormed(String accept) {
        return accept != null && !accept.matches("(?s).*(text|/|;|a/b c/d|q=2|\"|[,\\s]*)$") && accept.contains("/");
    }

    private String body(String method, String path, List<String> headers) {
        var type = method.equals("POST")
                ? any(MEDIA_TYPES)
                : random.nextInt(3) == 0 ? any(MEDIA_TYPES) : any(MEDIA_TYPES.subList(0, 2));
        add(headers, "Content-Type", random.nextInt(3) == 0 ? type + any(PARAMETERS) : type);
        boolean isUser = path.startsWith("/users") && !path.endsWith("/posts");
        var row = random.nextInt(12) == 0
                ? "{\"name\":\"\"}"
                : isUser
                        ? "{\"name\":\"Victoria " + run + "\"}"
                        : "{\"title\":\"Mine " + run + "\",\"content\":\"\",\"userId\":" + user + "}";
        var end = any(List.of("\n", "\r\n", ""));
        var mark = random.nextInt(6) == 0 ? "\u00ef\u00bb\u00bf" : "";
        return mark
                + switch (type) {
                    case "text/csv" ->
                        isUser
                                ? "name" + any(List.of("\n", "\r\n")) + "Victoria " + run + end
                                : "title,content,userId\nMine " + run + ",," + user + end;
                    case "application/x-ndjson" -> row + any(List.of("\n", "\r\n", "\n\n")) + row + end;
                    default -> method.equals("POST") && random.nextBoolean() ? "[" + row + "," + row + "]" : row;
                };
    }

    private void maybe(List<String> headers, String name, List<String> values, int seldom) {
        if (random.nextInt(seldom) == 0) {
            add(headers, name, any(values));
        }
    }

    /// With the white space and the letters that a header may have.
    private void add(List<String> headers, String name, String value) {
        var spelled = random.nextInt(6) == 0 ? name.toLowerCase() : name;
        headers.add(spelled + any(List.of(": ", ":", ":\t")) + value + any(List.of("", "", " ")));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
