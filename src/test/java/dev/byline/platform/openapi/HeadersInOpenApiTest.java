package dev.byline.platform.openapi;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.request;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every operation with every header that it takes: `Contract` checks that the document describes each answer.
@QuarkusTest
public class HeadersInOpenApiTest {

    @Test
    void describesWhatEveryHeaderCanCause() {
        var paths = request()
                .get("/q/openapi?format=json")
                .jsonPath()
                .<Map<String, Map<String, Map<String, Object>>>>get("paths");
        var parameters = request()
                .get("/q/openapi?format=json")
                .jsonPath()
                .<Map<String, Map<String, String>>>get("components.parameters");
        var statuses = new TreeSet<Integer>();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            var headers = new TreeSet<>(List.of("Accept", "Content-Type", "Authorization"));
            for (var parameter : (List<?>) operation.getOrDefault("parameters", List.of())) {
                var reference = ((Map<?, ?>) parameter).get("$ref");
                var described = reference == null
                        ? null
                        : parameters.get(reference.toString().replaceFirst(".*/", ""));
                if (described != null && described.get("in").equals("header")) {
                    headers.add(described.get("name"));
                }
            }
            for (var header : headers) {
                for (var value : VALUES.get(header)) {
                    statuses.addAll(send(method, path, header, value));
                }
            }
        }));
        assertTrue(statuses.containsAll(List.of(200, 304, 400, 401, 403, 406, 409, 412, 415, 422)), statuses::toString);
    }

    private static final Map<String, List<String>> VALUES = Map.of(
            "Accept", List.of("text/html", "text/csv", "application/x-ndjson", "*/*"),
            "Content-Type", List.of("text/plain", "application/json;charset=latin1", "application/json"),
            "Authorization", List.of("Bearer x", "Bearer " + Tokens.ofSomebody("")),
            "Idempotency-Key", List.of("\"", "reused"),
            "Prefer",
                    List.of(
                            "tx=rolback",
                            "tx=rollback, return=minimal",
                            "tx=rollback, max-affected=0",
                            "count=exact",
                            "count=x"),
            "If-Match", List.of("x", "\"9\"", "*"),
            "If-None-Match", List.of("x", "\"0\"", "*"),
            "Consistency-Token", List.of("x"));

    /// Twice with another body where it is a key, so that it belongs to another request. Nothing is kept but that.
    private static Set<Integer> send(String method, String path, String header, String value) {
        var statuses = new TreeSet<Integer>();
        var reused = value + System.nanoTime();
        long user = Given.user();
        for (var age : value.equals("reused") ? List.of(1, 2) : List.of(1)) {
            // The second request with a key is about another row.
            long row = path.startsWith("/posts") ? Given.post(user) : age == 1 ? user : Given.user();
            var one = List.of("/users", "/users/{id}", "/users/import").contains(path)
                    ? "{\"name\":\"Ada\",\"age\":" + age + "}"
                    : "{\"title\":\"T" + age + "\",\"content\":\"\",\"userId\":" + user + "}";
            var body = path.endsWith("/import") ? "[" + one + "]" : one;
            var request = header.equals("Authorization") ? anonymous() : request();
            if (!List.of("get", "delete").contains(method)) {
                request.body(body.getBytes());
            }
            if (!header.equals("Content-Type")) {
                request.contentType("application/json");
            }
            if (!header.equals("Prefer") && !header.equals("Idempotency-Key")) {
                request.header("Prefer", "tx=rollback");
            }
            var sent = value.equals("reused") ? reused : value;
            var isList = path.equals("/users") || path.equals("/posts");
            var query = isList && List.of("patch", "delete").contains(method) ? "?id=" + row : "";
            statuses.add(request.header(header, sent)
                    .request(
                            method.toUpperCase(Locale.ROOT),
                            path.replaceFirst("\\{[^}]*}", path.startsWith("/problems") ? "stale" : String.valueOf(row))
                                    + query)
                    .statusCode());
        }
        return statuses;
    }
}
