package dev.byline;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Holds every answer against the service's own OpenAPI document: the status, each header and the body must be
/// described. What the document has no operation for (unknown routes, methods, `/q/…`) passes.
///
/// An operation has one schema for its success. What a client has to ask for (another status with `Prefer`, another
/// media type with `Accept`, fewer members with `fields`) must be in the words of the description instead.
public final class Contract implements Filter {

    /// Headers of HTTP itself, and those that every answer has for browsers (HardeningTest).
    private static final Set<String> HTTP = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "connection",
            "date",
            "allow",
            "cache-control",
            "content-encoding",
            "vary",
            "content-security-policy",
            "referrer-policy",
            "strict-transport-security",
            "x-content-type-options");

    /// What the description of the whole document says of every answer.
    private static final Set<String> EVERYWHERE =
            Set.of("x-request-id", "server-timing", "ratelimit", "ratelimit-policy");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /// By what the document says; to make one takes longer than to answer a request.
    private static final Map<JsonNode, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private static volatile JsonNode document;

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification spec, FilterContext context) {
        var response = context.next(request, spec);
        var path = URI.create(request.getURI()).getRawPath();
        operation(request.getMethod(), path)
                .ifPresent(operation -> check(request.getMethod() + " " + path, operation, request, response));
        return response;
    }

    private static Optional<JsonNode> operation(String method, String path) {
        // The most literal template wins, as in the service: /users/{id} must not catch /users/{id}/posts.
        return document().get("paths").properties().stream()
                .filter(template -> path.matches(template.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .max(Comparator.comparing(template -> template.getKey().length()))
                .map(template ->
                        template.getValue().get(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT)));
    }

    private static void check(
            String what, JsonNode operation, FilterableRequestSpecification request, Response response) {
        var status = String.valueOf(response.statusCode());
        var described = operation.get("responses").get(status);
        boolean isInWords = described == null && status.startsWith("2");
        if (isInWords) {
            assertTrue(
                    words(operation).matches("(?s).*\\b" + status + "\\b.*"),
                    what + " answered " + status + ", of which OpenAPI says nothing: " + response.asString());
            described = success(operation);
        }
        assertNotNull(
                described, what + " answered " + status + ", which OpenAPI does not describe: " + response.asString());
        described = resolve(described);
        checkHeaders(what + " " + status, described, response);
        if (!response.asString().isEmpty() && !isInWords) {
            boolean isPicked =
                    URI.create(request.getURI()).getRawQuery() instanceof String query && query.contains("fields=");
            checkBody(what + " " + status, operation, described, response, isPicked);
        }
    }

    private static String words(JsonNode operation) {
        return operation.path("description").asText()
                + success(operation).path("description").asText();
    }

    private static JsonNode success(JsonNode operation) {
        return operation.get("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void checkHeaders(String what, JsonNode described, Response response) {
        var names = described.path("headers").properties().stream()
                .collect(toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        for (var header : response.headers()) {
            var name = header.getName().toLowerCase(Locale.ROOT);
            assertTrue(
                    names.containsKey(name) || HTTP.contains(name) || EVERYWHERE.contains(name),
                    what + " has the undescribed header " + header.getName());
        }
        assertTrue(response.headers().hasHeaderWithName("X-Request-Id"), what + " lacks the header X-Request-Id");
    }

    private static void checkBody(
            String what, JsonNode operation, JsonNode described, Response response, boolean isPicked) {
        var mediaType = response.contentType().replaceFirst(";.*", "");
        var content = described.path("content").get(mediaType);
        if (content == null && response.statusCode() < 300 && words(operation).contains(mediaType)) {
            return; // lines of rows, which no schema describes
        }
        assertNotNull(content, what + " has a body of the undescribed type " + mediaType);
        var errors =
                SCHEMAS
                        .computeIfAbsent(content.get("schema"), Contract::schema)
                        .validate(parse(response.asString()))
                        .stream()
                        .filter(error -> !isPicked || !error.getType().equals("required"))
                        .toList();
        assertTrue(errors.isEmpty(), () -> what + ": " + errors + " in " + response.asString());
    }

    private static JsonSchema schema(JsonNode described) {
        var schema = JSON.createObjectNode();
        schema.setAll((ObjectNode) described);
        schema.set("components", document().get("components"));
        return FACTORY.getSchema(schema);
    }

    private static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document().at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode document() {
        if (document == null) {
            document =
                    parse(given().queryParam("format", "json").get("/q/openapi").asString());
        }
        return document;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
