package dev.byline;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a developer's browser can do with dev mode, and not with the package.
class DevModeBrowserIT {

    @TempDir
    static Path folder;

    private static DevMode service;

    @AutoClose
    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        Browser.assumeInstalled();
        service = new DevMode(folder);
    }

    @AfterAll
    static void end() throws Exception {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aPersonNeedsNothingButThePage() throws Exception {
        browser.open(service.uri("/"));
        browser.awaitText("0 of 12");
        browser.click("Sign in");
        browser.fill("Dev mode: be anybody", "grace");
        assertEquals(List.of(), browser.accessibilityFaults());
        browser.screenshot("sign-in");
        browser.click("Sign in as this person");
        browser.awaitText("grace posts:write users:write");
        browser.click("New user");
        browser.fill("Name", "Grace Hopper");
        browser.click("Create");
        browser.awaitText("The user is created.");
        browser.click("New post");
        browser.fill("Title", "A compiler for everybody");
        browser.fill("Content", "It takes words.");
        browser.click("Create");
        browser.awaitText("The post is created.");
        browser.screenshot("dev-mode");
        assertEquals(List.of(), browser.failedRequests());
        assertEquals(List.of(), browser.complaints());
    }

    /// As with a frontend's own development server.
    @Test
    void pagesOfOtherPortsMayUseTheApi() throws Exception {
        var frontend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        frontend.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
        frontend.start();
        try {
            browser.open(URI.create("http://localhost:" + frontend.getAddress().getPort() + "/"));
            var answer = browser.fetch(service.uri("/users?limit=1"));
            assertTrue(answer.startsWith("200 db;dur="), answer);
        } finally {
            frontend.stop(0);
        }
    }

    @Test
    void theDevUiIsNotBlank() {
        browser.open(service.uri("/q/dev-ui/"));
        browser.await("the Dev UI shows its extensions", () -> browser.run(
                        "return document.querySelector('qwc-header') !== null")
                .equals(true));
        assertTrue(
                browser.complaints().stream().noneMatch(line -> line.contains("Content Security Policy")),
                () -> "no policy in its way");
    }

    @Test
    void swaggerUiHasAWayBackAndFollowsTheTheme() throws Exception {
        browser.prefer("dark");
        browser.open(service.uri("/q/swagger-ui/"));
        browser.awaitText("/users/{id}/posts");
        browser.screenshot("swagger-ui-dark");
        assertEquals("rgb(18, 21, 27)", browser.run("return getComputedStyle(document.body).backgroundColor"));
        browser.prefer("light");
        browser.screenshot("swagger-ui-light");
        browser.click("← Console");
        assertEquals(service.uri("/").toString(), browser.address().replaceFirst("#.*", ""));
    }

    /// Creations come first, because what is filled in speaks of the rows with the id 1; deletions come last, of posts
    /// before users.
    @Test
    void everyOperationOfSwaggerUiSucceedsWithWhatIsFilledIn() {
        browser.open(service.uri("/q/swagger-ui/"));
        browser.awaitText("/users/{id}/posts");
        browser.click("Authorize");
        var address = browser.run("return document.querySelector('.auth-container a').href");
        var token = given().get(URI.create(address.toString())).asString();
        browser.fill("auth-bearer-value", token);
        browser.click("Apply credentials");
        browser.click("Close");

        operations(".opblock-post").forEach(this::execute);
        operations(".opblock:not(.opblock-post, .opblock-delete)").forEach(this::execute);
        // A user with posts is not deleted, and user 1 has more than the one that is filled in.
        given().auth()
                .oauth2(token)
                .delete(service.uri("/posts?id:ne=1"))
                .then()
                .statusCode(200);
        operations(".opblock-delete").reversed().forEach(this::execute);
        assertEquals(List.of(), browser.failedRequests());
    }

    /// @return the ids of their elements, in the order of the page
    private List<String> operations(String css) {
        var ids = browser.run("return [...document.querySelectorAll('" + css + "')].map(it => it.id).join(' ')");
        assertNotEquals("", ids, css);
        return List.of(ids.toString().split(" "));
    }

    private void execute(String operation) {
        var block = "#" + operation + " ";
        var answer = block + ".live-responses-table .response ";
        var status = answer + ".response-col_status";
        browser.clickFirst(block + ".opblock-summary-control");
        browser.clickFirst(block + ".try-out__btn");
        browser.clickFirst(block + ".execute");
        browser.await(operation + " is answered", () -> !browser.text(status).isEmpty());
        assertTrue(browser.text(status).matches("2\\d\\d"), () -> operation + ": " + browser.text(answer));
        browser.clickFirst(block + ".opblock-summary-control");
    }
}
