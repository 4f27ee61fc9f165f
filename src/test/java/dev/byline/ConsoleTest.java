package dev.byline;

import static dev.byline.Api.anonymous;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The files of the console.
@QuarkusTest
public class ConsoleTest {

    private static final int MAX_BYTES = 60_000;

    /// What loads further files: `src` and `href` of the page, and imports of modules.
    private static final Pattern LOADS =
            Pattern.compile("<(?:script|link)[^>]* (?:src|href)=\"([^\"]+)\"|(?:from|import\\() ?'([^']+)'");

    /// Bytes as they are sent, which is uncompressed, without the headers.
    @Test
    void weighsLessThan60KilobytesWithAllThatItLoads() {
        var sizes = new HashMap<URI, Integer>();
        var open = new ArrayDeque<>(List.of(URI.create("/")));
        while (!open.isEmpty()) {
            var path = open.remove();
            if (sizes.containsKey(path)) {
                continue;
            }
            var file = RestAssured.given().get(path.toString());
            file.then().statusCode(200).header("X-Content-Type-Options", "nosniff");
            sizes.put(path, file.asByteArray().length);
            var loads = LOADS.matcher(file.asString());
            while (loads.find()) {
                open.add(path.resolve(loads.group(1) == null ? loads.group(2) : loads.group(1)));
            }
        }
        assertTrue(sizes.size() > 15, sizes::toString);
        int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(sum < MAX_BYTES, () -> sum + " bytes: " + sizes);
    }

    @Test
    void itsModulesAndStylesHaveTheTypesThatBrowsersRequire() {
        RestAssured.get("/console/main.js").then().contentType(containsString("text/javascript"));
        RestAssured.get("/console/style.css").then().contentType(containsString("text/css"));
        RestAssured.get("/console/icon.svg").then().contentType(containsString("image/svg+xml"));
    }

    /// Outside of dev mode, there is nothing that only dev mode has.
    @Test
    void offersNoTokens() {
        RestAssured.get("/console/development.json").then().body("isEmpty()", equalTo(true));
        for (var path : List.of("/dev/token", "/dev/pool", "/q/dev-ui/")) {
            anonymous().get(path).then().statusCode(404);
        }
    }
}
