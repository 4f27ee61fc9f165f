package dev.byline.platform.openapi;

import static dev.byline.Api.request;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.Api;
import dev.byline.release.Version;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That every answer is described is checked with every answer of every test, by `Contract`. Whether linters and
/// generators accept the document is checked with these tools, in `src/test/clients`.
@QuarkusTest
public class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }

        String words() {
            return node.path("description").asText();
        }

        /// The names of the parameters that stand here, and not among those that operations share.
        List<String> parameters() {
            return node.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.has("name"))
                    .map(parameter -> parameter.get("name").asText())
                    .toList();
        }

        JsonNode parameter(String name) {
            return node.path("parameters")
                    .valueStream()
                    .filter(parameter -> parameter.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> successes() {
            return statuses().filter(status -> status.startsWith("2")).toList();
        }

        Stream<String> statuses() {
            return node.get("responses").propertyStream().map(Map.Entry::getKey);
        }

        JsonNode success() {
            return node.get("responses").get(successes().getFirst());
        }
    }

    private static JsonNode document() {
        try {
            return JSON.readTree(request().get("/q/openapi?format=json").asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Operation> operations() {
        return document().get("paths").propertyStream().flatMap(path -> path.getValue()
                .propertyStream()
                .map(operation -> new Operation(operation.getKey(), path.getKey(), operation.getValue())));
    }

    private static Operation operation(String id) {
        return operations().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void describesExactlyTheMethodsThatEachPathTakes() {
        Map<String, TreeSet<String>> described = new TreeMap<>();
        operations().forEach(it -> described
                .computeIfAbsent(it.path, path -> new TreeSet<>(List.of("options")))
                .add(it.method));
        assertEquals(
                List.of(
                        "/.well-known/oauth-protected-resource",
                        "/posts",
                        "/posts/import",
                        "/posts/{id}",
                        "/problems",
                        "/problems/{name}",
                        "/users",
                        "/users/import",
                        "/users/{id}",
                        "/users/{id}/posts",
                        "/users/{id}/posts/import"),
                described.keySet().stream().filter(Api::isOfTheProduct).toList());
        described.forEach((path, methods) -> {
            var allowed = request().options(path.replaceAll("\\{[^}]*}", "1")).header("Allow");
            if (methods.contains("get")) {
                methods.add("head"); // in HTTP the same as GET, without the body: it is not described again
            }
            assertEquals(
                    new TreeSet<>(Arrays.asList(allowed.toLowerCase(Locale.ROOT).split(", "))), methods, path);
        });
    }

    /// With those of the tests' own entity: the names come from the entities and their paths.
    @Test
    void namesOperationsAsAPersonWouldNameTheMethodsOfAClient() {
        assertEquals(
                """
                get /.well-known/oauth-protected-resource getResourceMetadata
                delete /comments deleteComments
                get /comments listComments
                patch /comments updateComments
                post /comments createComment
                post /comments/import importComments
                delete /comments/{id} deleteComment
                get /comments/{id} getComment
                patch /comments/{id} updateComment
                put /comments/{id} replaceComment
                delete /posts deletePosts
                get /posts listPosts
                patch /posts updatePosts
                post /posts createPost
                post /posts/import importPosts
                delete /posts/{id} deletePost
                get /posts/{id} getPost
                patch /posts/{id} updatePost
                put /posts/{id} replacePost
                get /posts/{id}/comments listPostComments
                post /posts/{id}/comments createPostComment
                post /posts/{id}/comments/import importPostComments
                get /problems listProblemTypes
                get /problems/{name} getProblemType
                delete /users deleteUsers
                get /users listUsers
                patch /users updateUsers
                post /users createUser
                post /users/import importUsers
                delete /users/{id} deleteUser
                get /users/{id} getUser
                patch /users/{id} updateUser
                put /users/{id} replaceUser
                get /users/{id}/posts listUserPosts
                post /users/{id}/posts createUserPost
                post /users/{id}/posts/import importUserPosts""".replaceAll("(?m)^.*comments.*\n", commentsAreHere() ? "$0" : ""),
                operations()
                        .map(it -> it.method + " " + it.path + " " + it.id())
                        .sorted((one, other) -> key(one).compareTo(key(other)))
                        .reduce((one, other) -> one + "\n" + other)
                        .orElseThrow());
    }

    private static String key(String line) {
        var words = line.split(" ");
        return words[1] + " " + words[0];
    }

    /// The package does not have the tests' own entity.
    private static boolean commentsAreHere() {
        return document().get("paths").has("/comments");
    }

    @Test
    void describesEveryOperationInWords() {
        operations().forEach(it -> {
            assertFalse(it.node.path("summary").asText().isBlank(), it.id());
            assertFalse(it.words().isBlank(), it.id());
        });
    }

    /// Else generated clients take the wrong one of two types, or a type for both that is none.
    @Test
    void hasOneSuccessWithOneTypeForEveryOperation() {
        operations().forEach(it -> {
            assertEquals(1, it.successes().size(), it.id());
            assertTrue(it.success().path("content").size() <= 1, it.id());
            assertTrue(it.success().findParents("oneOf").isEmpty(), it.id());
            assertTrue(it.node.path("requestBody").findParents("oneOf").isEmpty(), it.id());
        });
        assertEquals(
                "#/components/schemas/Post",
                operation("createPost")
                        .success()
                        .at("/content/application~1json/schema/$ref")
                        .asText());
        assertEquals(
                "#/components/schemas/Post",
                operation("listPosts")
                        .success()
                        .at("/content/application~1json/schema/items/$ref")
                        .asText());
    }

    @Test
    void describesABodyOnlyWhereThereIsOneAndEveryVariableOfAPath() {
        operations().forEach(it -> {
            assertEquals(List.of("post", "put", "patch").contains(it.method), it.node.has("requestBody"), it.id());
            if (it.path.contains("{")) {
                var variable = it.path.replaceFirst(".*\\{(.*)}.*", "$1");
                assertEquals("path", it.parameter(variable).path("in").asText(), it.id());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "listUsers,     200 304 400 401 406 412 426 429 500 503",
        "createUser,    201 400 401 403 406 408 409 413 415 422 429 500 503",
        "importUsers,   200 400 401 403 406 408 409 413 415 422 429 500 503",
        "getUser,       200 304 400 401 404 406 412 429 500 503",
        "replaceUser,   200 400 401 403 404 406 408 409 412 413 415 422 428 429 500 503",
        "updateUser,    200 400 401 403 404 406 408 409 412 413 415 422 428 429 500 503",
        "deleteUser,    204 400 401 403 404 406 409 412 422 428 429 500 503",
        "listUserPosts, 200 304 400 401 404 406 412 426 429 500 503"
    })
    void describesTheStatusesOfTheContract(String id, String statuses) {
        assertEquals(
                statuses, String.join(" ", operation(id).statuses().sorted().toList()));
    }

    @Test
    void givesEveryProblemAnExampleThatFitsItsStatus() {
        document().at("/components/responses").propertyStream().forEach(response -> {
            var examples = response.getValue().at("/content/application~1problem+json/examples");
            assertEquals(response.getKey().equals("304"), examples.isEmpty(), response.getKey());
            examples.propertyStream().forEach(example -> {
                var problem = example.getValue().get("value");
                assertEquals(response.getKey(), problem.get("status").asText());
                request()
                        .get(problem.get("type").asText())
                        .then()
                        .statusCode(200)
                        .body("status", is(problem.get("status").asInt()))
                        .body("title", is(problem.get("title").asText()));
            });
        });
    }

    @Test
    void namesEveryTypeOfProblemInItsSchema() {
        assertEquals(
                request().get("/problems").jsonPath().getList("type"),
                document()
                        .at("/components/schemas/Problem/properties/type/enum")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList());
    }

    @Test
    void comesInTheFormatThatAnAcceptPrefers() {
        for (var accept : List.of(
                "application/json", "application/json, */*;q=0.1", "application/yaml;q=0.2, application/json")) {
            request().accept(accept).get("/q/openapi").then().statusCode(200).contentType("application/json");
        }
        for (var accept : List.of("*/*", "application/json;q=0, */*", "application/yaml, application/json;q=0.9")) {
            request().accept(accept).get("/q/openapi").then().statusCode(200).contentType("application/yaml");
        }
    }

    @Test
    void listsTheUsualFiltersAndNamesTheFieldsOfAllOthers() {
        assertEquals(
                "q id title title:contains title:startsWith userId createdAt:gte"
                        + " createdAt:lt updatedAt:gte updatedAt:lt version",
                String.join(" ", operation("deletePosts").parameters()));
        assertEquals(
                "id name name:contains name:startsWith age age:gte age:lte age:null createdAt:gte createdAt:lt"
                        + " updatedAt:gte updatedAt:lt version",
                String.join(" ", operation("deleteUsers").parameters()));
        var list = operation("listUserPosts");
        assertTrue(
                list.parameters().containsAll(List.of("userId", "sort", "fields", "embed")),
                list.parameters()::toString);
        assertTrue(list.parameter("sort").path("description").asText().contains("`user.createdAt`"));
        assertTrue(list.parameter("fields").path("description").asText().contains("`content`"));
        assertTrue(list.words().contains("`user.age`"), list::words);
        assertFalse(list.words().contains("`user.id`"), "userId says the same");
    }

    /// A page on which people try operations sends what stands there as the value of a parameter.
    @Test
    void fillsInOnlyWhatAnOperationNeeds() {
        var shared = document().at("/components/parameters").valueStream();
        var own = operations().flatMap(it -> it.node.path("parameters").valueStream());
        var filled = Stream.concat(shared, own)
                .filter(parameter -> parameter.has("example") || parameter.has("examples"))
                .collect(toMap(
                        parameter -> parameter.get("name").asText(),
                        parameter -> parameter.get("example").toString(),
                        (one, other) -> one + " " + other,
                        TreeMap::new));
        assertEquals(List.of("id", "name"), List.copyOf(filled.keySet()));
        for (var id : List.of("updatePosts", "deletePosts", "updateUsers", "deleteUsers")) {
            assertEquals("[1]", operation(id).parameter("id").get("example").toString(), id);
        }
        assertFalse(operation("listPosts").parameter("id").has("example"));
    }

    @Test
    void hasOneSecuritySchemeAndSaysWhatNeedsNone() {
        assertEquals(1, document().at("/components/securitySchemes").size());
        assertEquals(
                List.of("getProblemType", "getResourceMetadata", "listProblemTypes"),
                operations()
                        .filter(it -> it.node.path("security").isEmpty() && it.node.has("security"))
                        .map(Operation::id)
                        .sorted()
                        .toList());
    }

    @Test
    void isOpenApi31AndReadableInABrowser() {
        request()
                .get("/q/openapi?format=json")
                .then()
                .body("openapi", is("3.1.0"))
                .body("components.schemas.UserPatch.required", is((Object) null))
                .body("components.schemas.UserInput.required", is(List.of("name")));
        request().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger-ui"));
    }

    @Test
    void hasTheVersionOfTheService() throws IOException {
        request().get("/q/openapi?format=json").then().body("info.version", is(Version.of(Path.of(""))));
    }

    @Test
    void comesAsJsonOrYamlAndIsOnlyRead() {
        for (var json : List.of("/q/openapi?format=json", "/q/openapi.json", "/q/openapi.json?format=yaml")) {
            request()
                    .get(json)
                    .then()
                    .header("Content-Type", "application/json;charset=UTF-8")
                    .body("openapi", is("3.1.0"));
        }
        request()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .header("Vary", "accept")
                .body("info.title", is("Byline"));
        for (var yaml : List.of("/q/openapi", "/q/openapi.yaml", "/q/openapi.yml?format=json")) {
            request()
                    .accept("*/*")
                    .get(yaml)
                    .then()
                    .header("Content-Type", "application/yaml;charset=UTF-8")
                    .body(containsString("\nopenapi: 3.1.0\n"));
        }
        request().head("/q/openapi").then().statusCode(200);
        request().delete("/q/openapi").then().statusCode(405).header("Allow", "GET, HEAD");
    }
}
