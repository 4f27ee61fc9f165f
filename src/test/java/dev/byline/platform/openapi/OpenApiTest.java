package dev.byline.platform.openapi;

import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That every answer is described is checked with every answer of every test, by `Contract`.
@QuarkusTest
public class OpenApiTest {

    @Test
    void describesExactlyTheMethodsThatEachPathTakes() {
        Map<String, Map<String, Object>> paths = request()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        assertEquals(
                List.of(
                        "/.well-known/oauth-protected-resource",
                        "/posts",
                        "/posts/{id}",
                        "/problems",
                        "/problems/{name}",
                        "/users",
                        "/users/{id}",
                        "/users/{id}/posts"),
                paths.keySet().stream().filter(Api::isOfTheProduct).sorted().toList());
        paths.forEach((path, operations) -> {
            var allowed = request().options(path.replaceAll("\\{[^}]*}", "1")).header("Allow");
            var described = new TreeSet<>(List.of("options"));
            described.addAll(operations.keySet());
            assertEquals(
                    new TreeSet<>(Arrays.asList(allowed.toLowerCase(Locale.ROOT).split(", "))), described, path);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/users,            get,    200 304 400 401 406 412 426 429 500 503",
        "/users,            post,   200 201 400 401 403 406 408 409 413 415 422 429 500 503",
        "/users/{id},       get,    200 304 400 401 404 406 412 429 500 503",
        "/users/{id},       put,    200 204 400 401 403 404 406 408 409 412 413 415 422 428 429 500 503",
        "/users/{id},       patch,  200 204 400 401 403 404 406 408 409 412 413 415 422 428 429 500 503",
        "/users/{id},       delete, 200 204 400 401 403 404 406 409 412 422 428 429 500 503",
        "/users/{id}/posts, get,    200 304 400 401 404 406 412 426 429 500 503"
    })
    void describesTheStatusesOfTheContract(String path, String method, String statuses) {
        Map<String, Object> responses = request()
                .get("/q/openapi?format=json")
                .then()
                .extract()
                .path("paths.'" + path + "'." + method + ".responses");
        assertEquals(statuses, String.join(" ", new TreeSet<>(responses.keySet())));
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
    void describesWhatMayBeAskedOfAList() {
        var list = request()
                .get("/q/openapi?format=json")
                .then()
                .extract()
                .jsonPath()
                .setRootPath("paths.'/users/{id}/posts'.get.parameters");
        assertTrue(list.getString("find { it.name == 'sort' }.description").contains("user.createdAt"));
        assertTrue(list.getString("find { it.name == 'fields' }.description").contains("content"));
        assertEquals(
                Set.of("age", "age:ne", "age:gt", "age:gte", "age:lt", "age:lte", "age:null"),
                list.getMap("find { it.name == 'filter' }.schema.properties").keySet().stream()
                        .map(Object::toString)
                        .filter(name -> name.startsWith("user.age"))
                        .map(name -> name.substring("user.".length()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void describesWhichRowsAWriteToManyMayName() {
        var document = request().get("/q/openapi?format=json").then().extract().jsonPath();
        for (var operation : List.of("'/posts'.patch", "'/posts'.delete", "'/users'.patch", "'/users'.delete")) {
            var names = document.getList("paths." + operation + ".parameters.name");
            assertTrue(names.contains("filter"), () -> operation + " " + names);
            assertTrue(!names.contains("sort") && !names.contains("limit"), () -> operation + " " + names);
        }
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
