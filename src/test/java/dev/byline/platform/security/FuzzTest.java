package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.Api;
import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every operation of the OpenAPI document, with every parameter that it names and hostile values for them, from
/// everybody; the same requests each time. Each answer must be one that the document describes (`Contract`), none a
/// server's failure, and what is the victim's stays as it was.
@QuarkusTest
public class FuzzTest {

    private static final int REQUESTS = 3_000;
    private static final long SEED = 20_261_122;

    private static final int LONGEST_QUERY = 8_500;

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final List<String> PREFIXES = List.of("", "", "user.", "nope.");
    private static final List<String> OPERATORS =
            List.of("", ":ne", ":gt", ":gte", ":lt", ":lte", ":contains", ":startsWith", ":null", ":nope");
    private static final String OWN_ROWS = "users:write posts:write";

    private static final List<String> HOSTILE = List.of(
            "",
            "0",
            "1",
            "-1",
            "true",
            "null",
            "9223372036854775807",
            "9223372036854775808",
            "1e309",
            "0x1f",
            "NaN",
            "'",
            "' or '1'='1",
            "1; drop table users; --",
            "1) union select subject from users --",
            "\\'; select pg_sleep(5); --",
            "$$; select 1; $$",
            "%",
            "_%\\",
            "a\r\nSet-Cookie: stolen=1",
            "\u0000",
            "\ud800",
            "\ufeff\u202e\u0007",
            "😀".repeat(60),
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "${jndi:ldap://127.0.0.1:1/a}",
            "#{7*7}{{7*7}}",
            "../../../../etc/passwd",
            "a".repeat(7_000),
            "a".repeat(3_000) + "!",
            "((((((((((a*)*)*)*)*)*)*)*)*)*b",
            "\"".repeat(500),
            "\"a\" or -\"b\" \"",
            ",".repeat(300),
            "id,-id,name,-title,createdAt",
            "2026-01-01T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "+292278994-08-17T07:12:55.807Z",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "e30");
    private static final List<String> BODIES = List.of(
            "",
            "[]",
            "null",
            "{}",
            "[{}]",
            "[null]",
            "[".repeat(1_500),
            "{\"name\":".repeat(1_500),
            "{\"age\":1e999999}",
            "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"__proto__\":{\"admin\":true}}",
            "{\"name\":\"Mallory\"}\n{\"name\":\"Mallory\"}",
            "name\nMallory\n",
            "name,age\n\"Mal,1\n",
            "\u0000\u0001\u0002");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/merge-patch+json",
            "application/x-ndjson",
            "text/csv",
            "text/plain",
            "*/*");
    private static final List<String> HEADERS = List.of(
            "If-Match", "If-None-Match", "Idempotency-Key", "Prefer", "Consistency-Token", "Accept", "X-Request-Id");

    /// In the first round an admin asks for what is right: else the test would prove nothing of an operation that
    /// refuses everything.
    private boolean isTame;

    private final Random random = new Random(SEED);
    private final ObjectMapper json = new ObjectMapper();
    private JsonNode document;
    private final String run = Long.toHexString(System.nanoTime());
    private final Map<String, String> people = new LinkedHashMap<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> posts = new ArrayList<>();

    @Test
    void noOperationFailsOrLetsSomebodyWriteWhatIsNotTheirs() throws JsonProcessingException {
        document = json.readTree(Api.request().get("/q/openapi?format=json").asString());
        people.put("nobody", null);
        people.put("a forger", Tokens.unsigned(Tokens.claims("victim-" + run)));
        people.put("eve", Tokens.of("eve-" + run, OWN_ROWS));
        people.put("a reader", Tokens.of("reader-" + run, ""));
        people.put("an admin", Tokens.admin());
        var victim = Tokens.of("victim-" + run, OWN_ROWS);
        var victims = new Rows(victim);
        new Rows(people.get("eve"));
        for (int i = 0; i < 4; i++) {
            users.add(String.valueOf(Given.user())); // has no posts, so an admin may delete them
        }
        var before = victims.asTheyAre();

        var operations = operations();
        var answers = new TreeMap<String, TreeSet<Integer>>();
        for (int i = 0; i < REQUESTS; i++) {
            var operation = operations.get(i % operations.size());
            isTame = i < operations.size();
            var status = send(operation);
            answers.computeIfAbsent(operation, any -> new TreeSet<>()).add(status);
        }

        assertEquals(before, victims.asTheyAre());
        assertEquals(operations.size(), answers.size());
        // The metadata for OAuth clients needs a setting that this deployment does not have.
        answers.keySet().removeIf(operation -> operation.endsWith(PublicOrigin.METADATA));
        answers.forEach((operation, statuses) -> assertTrue(statuses.first() < 300, () -> operation + " " + statuses));
        var all = new TreeSet<Integer>();
        answers.values().forEach(all::addAll);
        assertTrue(all.containsAll(List.of(200, 201, 204, 400, 401, 403, 404, 409, 412, 415, 422)), all::toString);
    }

    /// A user and a post of theirs, as somebody sees them who may read only.
    private final class Rows {

        private final long user;
        private final long post;

        Rows(String owner) {
            user = create(owner, "/users", Map.of("name", "Victoria"));
            post = create(owner, "/users/" + user + "/posts", Map.of("title", "Mine", "content", "Mine"));
            users.add(String.valueOf(user));
            posts.add(String.valueOf(post));
        }

        String asTheyAre() {
            return anonymous().get("/users/" + user).asString()
                    + anonymous().get("/posts/" + post).asString()
                    + anonymous().get("/users/" + user + "/posts").asString();
        }
    }

    private static long create(String token, String path, Map<String, ?> body) {
        Response created = as(token).contentType(ContentType.JSON).body(body).post(path);
        assertEquals(201, created.statusCode(), created.asString());
        return created.jsonPath().getLong("id");
    }

    private int send(String operation) throws JsonProcessingException {
        var method = operation.split(" ")[0];
        var template = operation.split(" ")[1];
        var described = document.get("paths").get(template).get(method.equals("head") ? "get" : method);
        var name = isTame ? "an admin" : any(List.copyOf(people.keySet()));
        var request = (people.get(name) == null ? anonymous() : as(people.get(name))).urlEncodingEnabled(false);
        headers(request, name);
        if (List.of("post", "put", "patch").contains(method)) {
            body(request, template);
        }
        var answer = request.request(method.toUpperCase(Locale.ROOT), path(template) + query(described));
        assertTrue(answer.statusCode() < 500, () -> operation + " by " + name + ": " + answer.asString());
        return answer.statusCode();
    }

    private void headers(RequestSpecification request, String name) {
        for (var header : HEADERS) {
            if (!isTame && random.nextInt(8) == 0) {
                var value = random.nextBoolean() ? "\"0\"" : any(HOSTILE).replaceAll("[^ -~]", "?");
                request.header(header, value.substring(0, Math.min(value.length(), 2_000)));
            }
        }
        if (name.equals("an admin")) {
            request.header("Prefer", "tx=rollback"); // they may do everything, to other tests' rows too
        }
    }

    private String path(String template) {
        var path = template;
        while (path.contains("{")) {
            var ids = path.startsWith("/posts") ? posts : path.startsWith("/users") ? users : List.of("stale");
            var value = isTame
                    ? ids.getLast()
                    : random.nextInt(4) > 0 ? any(ids) : encoded(any(HOSTILE.subList(1, HOSTILE.size())));
            path = path.replaceFirst("\\{[^}]*}", value.replace("%", "\\%").replace("$", "\\$"));
        }
        return path;
    }

    private String query(JsonNode operation) {
        var names = new ArrayList<String>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        });
        if (isTame || random.nextInt(3) == 0) {
            return names.contains("id") ? "?id=" + users.getLast() : "";
        }
        names.addAll(List.of("id", "id[]", "user.name:contains", "createdAt:lte", "nope"));
        var query = new StringBuilder();
        for (int parameters = random.nextBoolean() ? 0 : random.nextInt(4); parameters > 0; parameters--) {
            var value = random.nextInt(3) == 0 ? any(users) : any(HOSTILE);
            var parameter = encoded(parameter(names)) + "=" + encoded(value);
            if (query.length() + parameter.length() < LONGEST_QUERY) { // the HTTP server's own answer is no problem
                query.append(query.isEmpty() ? "?" : "&").append(parameter);
            }
        }
        return query.toString();
    }

    /// One that the document lists, or one of the further filters, of which it lists the fields and operators.
    private String parameter(List<String> listed) {
        var name = any(listed);
        return random.nextInt(3) > 0 ? name : any(PREFIXES) + name.replaceFirst(":.*", "") + any(OPERATORS);
    }

    private void body(RequestSpecification request, String template) throws JsonProcessingException {
        if (!isTame && random.nextInt(4) == 0) {
            request.contentType(any(TYPES)).body(any(BODIES).getBytes(StandardCharsets.UTF_8));
            return;
        }
        var members = new HashMap<String, Object>();
        for (var name : members(template)) {
            members.put(name, good(name));
        }
        var hostile =
                List.of("name", "age", "title", "content", "userId", "id", "version", "createdAt", "subject", "issuer");
        for (int changes = isTame ? 0 : random.nextInt(3); changes > 0; changes--) {
            members.put(any(hostile), random.nextBoolean() ? any(HOSTILE) : random.nextLong());
        }
        boolean isMany = template.endsWith("/import") || random.nextInt(6) == 0 && !isTame;
        var body = json.writeValueAsString(isMany ? List.of(members, members) : members);
        request.contentType(!isTame && random.nextInt(6) == 0 ? any(TYPES) : "application/json")
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> members(String template) {
        return switch (template) {
            case "/users", "/users/{id}", "/users/import" -> List.of("name", "age");
            case "/users/{id}/posts", "/users/{id}/posts/import" -> List.of("title", "content");
            default -> List.of("title", "content", "userId");
        };
    }

    private Object good(String member) {
        return switch (member) {
            case "age" -> random.nextInt(100);
            case "userId" -> Long.valueOf(any(users));
            default -> "Mallory";
        };
    }

    private List<String> operations() {
        var operations = new ArrayList<String>();
        document.get("paths").properties().stream()
                .filter(path -> Api.isOfTheProduct(path.getKey()))
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method + " " + path.getKey());
                    }
                    if (method.equals("get")) {
                        operations.add("head " + path.getKey());
                    }
                }));
        return operations;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
