package dev.byline.platform.rest;

import static dev.byline.Api.anonymous;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class ProblemTypesTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void programsReadJson() {
        for (var accept : List.of("*/*", "application/json", "text/html;q=0.5, application/json")) {
            anonymous()
                    .header("Accept", accept)
                    .get("/problems")
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .body("type", hasItem("/problems/stale"));
        }
    }

    @Test
    void browsersGetAPageWithTheSameTypes() {
        List<String> titles = anonymous().get("/problems").path("title");
        var page = RestAssured.given().header("Accept", BROWSER).get("/problems");
        page.then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .header("Vary", containsString("Accept"))
                .header("Content-Security-Policy", containsString("style-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe")));
        assertEquals(
                List.of(page.header("Content-Security-Policy")),
                page.headers().getValues("Content-Security-Policy"),
                "one policy");
        assertTrue(titles.size() > 20);
        for (var title : titles) {
            assertTrue(page.asString().contains(title.replace(">", "&gt;")), title);
        }
    }

    @Test
    void theTypeOfAProblemLeadsToItsPage() {
        String type = anonymous().get("/users/0").path("type");
        RestAssured.given()
                .header("Accept", BROWSER)
                .get(type)
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body("html.body.main.h1", containsString("There is nothing here"));
        RestAssured.given()
                .header("Accept", BROWSER)
                .get("/problems/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
