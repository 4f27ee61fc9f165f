package dev.byline.platform.entity;

import static dev.byline.Api.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.Api;
import dev.byline.Given;
import io.restassured.http.ContentType;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An entity as the description of the API has it: all that the tests which hold for every entity know of it.
///
/// @param path of its rows
/// @param input the schema of what is sent of a row
/// @param view the schema of what is answered
record EntityUnderTest(String path, JsonNode input, JsonNode view, JsonNode document) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// The one at this path of the service under test.
    static EntityUnderTest at(String path) {
        return of(path, description());
    }

    private static JsonNode description() {
        try {
            return JSON.readTree(
                    Api.anonymous().accept(ContentType.JSON).get("/q/openapi").asString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EntityUnderTest of(String path, JsonNode document) {
        var put = document.at("/paths").get(path + "/{id}").get("put");
        return new EntityUnderTest(
                path,
                resolve(put.at("/requestBody/content/application~1json/schema"), document),
                resolve(put.at("/responses/200/content/application~1json/schema"), document),
                document);
    }

    private static JsonNode resolve(JsonNode schema, JsonNode document) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /// A member that has any text, so short that an index serves its order.
    String text() {
        return input.get("properties").properties().stream()
                .filter(member -> isText(member.getValue())
                        && member.getValue().path("maxLength").asInt() <= 1000)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    int longest(String member) {
        return input.at("/properties/" + member + "/maxLength").asInt();
    }

    private static boolean isText(JsonNode schema) {
        return schema.path("type").toString().contains("string");
    }

    /// The members that name rows of other entities, with the paths of these.
    Map<String, String> references() {
        var references = new TreeMap<String, String>();
        view.get("properties").properties().forEach(member -> {
            var id = member.getKey() + "Id";
            if (input.get("properties").has(id)) {
                references.put(id, pathOf(member.getValue()));
            }
        });
        return references;
    }

    private String pathOf(JsonNode view) {
        return document.get("paths").properties().stream()
                .filter(path -> path.getValue().has("patch") && !path.getKey().contains("{"))
                .map(Map.Entry::getKey)
                .filter(path -> of(path, document).view.equals(resolve(view, document)))
                .findFirst()
                .orElseThrow();
    }

    /// What the rows can carry along.
    Stream<String> embeddable() {
        return view.get("properties").properties().stream()
                .filter(member ->
                        member.getValue().has("$ref") && !member.getKey().endsWith("At")
                                || member.getValue().has("items"))
                .map(Map.Entry::getKey);
    }

    /// The paths of the rows of one parent of this entity, with the paths of the parents.
    Map<String, String> ofParents() {
        var paths = new TreeMap<String, String>();
        document.get("paths").fieldNames().forEachRemaining(candidate -> {
            if (candidate.endsWith("/{id}" + path)) {
                paths.put(candidate, candidate.substring(0, candidate.indexOf("/{id}")));
            }
        });
        return paths;
    }

    boolean isSearchable() {
        return Stream.of(document.at("/paths").get(path).at("/get/parameters"))
                .flatMap(parameters -> Stream.of(JSON.convertValue(parameters, JsonNode[].class)))
                .anyMatch(parameter -> parameter.path("name").asText().equals("q"));
    }

    /// The fields that can be sorted by.
    List<String> sortable() {
        return Stream.of(JSON.convertValue(document.at("/paths").get(path).at("/get/parameters"), JsonNode[].class))
                .filter(parameter -> parameter.path("name").asText().equals("sort"))
                .flatMap(parameter -> Stream.of(parameter
                        .get("description")
                        .asText()
                        .replaceFirst(".*One of: ", "")
                        .replace("`", "")
                        .split(", ")))
                .toList();
    }

    /// A row that can be stored, with rows that it refers to.
    ///
    /// @param text stands in the member {@link #text}
    Map<String, Object> sample(String text) {
        var row = new LinkedHashMap<String, Object>();
        input.get("properties").properties().forEach(member -> {
            if (isText(member.getValue())) {
                row.put(member.getKey(), text);
            } else if (!references().containsKey(member.getKey())) {
                row.put(member.getKey(), member.getValue().path("minimum").asInt() + 1);
            }
        });
        references()
                .forEach(
                        (member, target) -> row.put(member, of(target, document).created("Referred to")));
        return row;
    }

    /// @return the id of a new row
    long created(String text) {
        return Given.created(path, sample(text));
    }

    Map<String, Object> read(long id) {
        return request()
                .get(path + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");
    }

    String at(long id) {
        return path + "/" + id;
    }

    /// The member that names the row's parent in this path.
    String parent(String ofParents) {
        var parents = ofParents().get(ofParents);
        return references().entrySet().stream()
                .filter(reference -> reference.getValue().equals(parents))
                .findFirst()
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /// Another one of the same service.
    EntityUnderTest other(String path) {
        return of(path, document);
    }
}
