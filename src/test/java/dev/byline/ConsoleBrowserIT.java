package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The console as a person uses it, on the package.
class ConsoleBrowserIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private static Service service;

    @AutoClose
    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        Browser.assumeInstalled();
        postgres = new Postgres(folder);
        service = new Service(folder, postgres.url(), Map.of());
        service.await("/q/health/ready", 200);
    }

    @AfterAll
    static void end() throws Exception {
        if (service != null) {
            service.close();
            postgres.close();
        }
    }

    @Test
    void aPersonWritesFindsChangesAndDeletes() throws Exception {
        var name = "Ada " + UUID.randomUUID();
        signIn(Tokens.ofSomebody("users:write posts:write"));
        browser.click("New user");
        browser.fill("Name", name);
        browser.fill("Age (optional)", "36");
        browser.click("Create");
        browser.awaitText("The user is created.");
        assertEquals(List.of(name), browser.texts("h1"));
        var user = browser.address();

        browser.click("New post");
        browser.fill("Title", "Notes on the engine");
        browser.fill("Content", "It weaves <b>algebraic</b> patterns.");
        browser.click("Create");
        browser.awaitText("The post is created.");
        assertEquals("It weaves <b>algebraic</b> patterns.", browser.text(".content"));
        assertTrue(browser.text(".requests").contains("curl --oauth2-bearer $token --json '{\"title\":\"Notes on"));

        browser.click("Users");
        browser.fill("Search names", name);
        browser.click("Search");
        browser.click(name);
        assertEquals(user, browser.address());
        browser.click("Notes on the engine");
        browser.click("Edit");
        browser.fill("Title", "Notes on both engines");
        browser.click("Save");
        browser.awaitText("The post is saved.");
        assertTrue(browser.text(".requests").contains("-X PATCH --json '{\"title\":\"Notes on both engines\"}'"));
        assertTrue(browser.text(".requests").contains("-H 'If-Match: \"0\"'"));

        browser.click("Delete");
        browser.click("Delete");
        browser.awaitText("The post is deleted.");
        assertEquals(user, browser.address());
        browser.click("Delete");
        browser.click("Delete");
        browser.awaitText("The user is deleted.");
        assertEquals(List.of(), browser.failedRequests());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void saysWhatIsWrongAtTheInput() {
        signIn(Tokens.admin());
        browser.click("New user");
        browser.fill("Age (optional)", "a lot");
        browser.click("Create");
        browser.awaitText("Age must be");
        assertEquals("Age (optional)", browser.focused());
        browser.fill("Age (optional)", "36");
        browser.click("Create");
        browser.awaitText("Name must have");
        assertEquals("Name", browser.focused());
        assertEquals(List.of("422 /users", "422 /users"), browser.failedRequests());
    }

    @Test
    void bothVersionsOfAStaleEditCanBeSeenAndChosen() throws Exception {
        var path = "/posts/" + post(user("Ada"), "First", "The beginning.");
        signIn(Tokens.admin());
        browser.open(at(path + "/edit"));
        browser.fill("Title", "Mine");
        var other = "{\"title\":\"Theirs\",\"content\":\"Changed by somebody else.\"}";
        assertEquals(200, service.as(Tokens.admin(), "PATCH", path, other).statusCode());

        browser.click("Save");
        browser.awaitText("Somebody else saved this first");
        assertEquals(List.of("412 " + path), browser.failedRequests());
        assertTrue(browser.text(".choice").contains("Yours Mine"), browser.text(".choice"));
        assertTrue(browser.text(".choice").contains("Stored now Theirs"), browser.text(".choice"));
        assertEquals("Mine", browser.valueOf("Title"));
        assertEquals("Changed by somebody else.", browser.valueOf("Content"), "only the other person changed it");
        browser.screenshot("stale-edit");

        browser.tick("Stored now Theirs");
        assertEquals("Theirs", browser.valueOf("Title"));
        browser.tick("Yours Mine");
        browser.click("Save over version 1");
        browser.awaitText("The post is saved.");
        var saved = JSON.readTree(service.get(path).body());
        assertEquals("Mine", saved.get("title").asText());
        assertEquals("Changed by somebody else.", saved.get("content").asText());
        assertEquals(2, saved.get("version").asInt());
        assertEquals(List.of(), browser.failedRequests());
    }

    @Test
    void anExpiredTokenKeepsWhatWasTyped() throws Exception {
        var path = "/users/" + user("Grace");
        var claims = Tokens.claims("root");
        claims.put("scope", "admin");
        claims.put("exp", 1_700_000_000);
        signIn(Tokens.of(claims));
        browser.awaitText("The token has expired");
        browser.open(at(path));
        browser.click("Sign out");
        browser.click("Edit");
        browser.fill("Name", "Grace Hopper");
        browser.click("Save");
        browser.awaitText("This needs a valid token");
        browser.run("document.querySelector('main .problem button').click()");
        browser.fill("Paste an access token of the issuer", Tokens.admin());
        browser.click("Sign in");
        assertEquals("Grace Hopper", browser.valueOf("Name"));
        browser.click("Save");
        browser.awaitText("The user is saved.");
        assertEquals("Grace Hopper", browser.text("h1"));
    }

    @Test
    void asksForATokenWhereReadingNeedsOne() throws Exception {
        try (var closed = new Service(folder, postgres.url(), Map.of("BYLINE_SECURITY_EVERYBODY_READS", "false"))) {
            closed.await("/q/health/ready", 200);
            browser.open(closed.uri("/"));
            browser.awaitText("This needs a valid token");
            assertTrue(browser.failedRequests().stream()
                    .allMatch(it -> it.startsWith("401 /users") || it.startsWith("401 /posts")));
            browser.run("document.querySelector('main .problem button').click()");
            browser.fill("Paste an access token of the issuer", Tokens.admin());
            browser.click("Sign in");
            browser.await("there is a table", () -> !browser.texts("table").isEmpty());
            assertEquals(List.of(), browser.failedRequests());
        }
    }

    @Test
    void pagesFiltersAndOrdersHaveAddresses() throws Exception {
        var name = "Page " + UUID.randomUUID();
        var rows = IntStream.range(0, 25)
                .mapToObj(i -> "{\"name\":\"%s\",\"age\":%d}".formatted(name, 20 + i))
                .collect(Collectors.joining(",", "[", "]"));
        assertEquals(200, service.post("/users", rows).statusCode());
        browser.open(at("/users?name=" + name.replace(" ", "%20") + "&limit=10"));
        browser.click("Age");
        browser.click("Age");
        assertEquals("44", browser.texts("td:nth-child(3)").getFirst(), "the oldest first");
        browser.click("Next →");
        assertEquals("34", browser.texts("td:nth-child(3)").getFirst());
        var second = browser.address();
        browser.click("Next →");
        assertEquals(5, browser.texts("tbody tr").size());
        browser.back();
        assertEquals(second, browser.address());
        assertEquals("34", browser.texts("td:nth-child(3)").getFirst());
        browser.reload();
        assertEquals("34", browser.texts("td:nth-child(3)").getFirst());
        browser.click("← Previous");
        assertEquals("44", browser.texts("td:nth-child(3)").getFirst());

        browser.click("Filter");
        browser.choose("Field", "age");
        browser.choose("Comparison", "≥");
        browser.fill("Value", "43");
        browser.click("Add");
        assertEquals(List.of("44", "43"), browser.texts("td:nth-child(3)"));
        assertTrue(browser.text(".requests").contains("age:gte=43"), browser.text(".requests"));
        browser.click("Remove age ≥ 43");
        assertEquals(10, browser.texts("tbody tr").size());
        assertEquals(List.of(), browser.failedRequests());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void theTextsOfRowsAreNeverHtml() throws Exception {
        var evil = "<img src=x onerror=document.title='owned'>";
        var user = user(evil);
        var post = post(user, evil, "<script>document.title='owned'</script>");
        for (var page : List.of("/users", "/posts", "/users/" + user, "/posts/" + post, "/posts/" + post + "/edit")) {
            browser.open(at(page));
            assertEquals(0L, browser.run("return document.querySelectorAll('main img, main script').length"), page);
            assertFalse(browser.run("return document.title").equals("owned"), page);
        }
        assertEquals(evil, browser.valueOf("Title"));
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void needsNoMouse() throws Exception {
        var user = user("Hedy");
        browser.open(at("/users/" + user));
        var reached = new LinkedHashSet<String>();
        for (int i = 0; i < 40; i++) {
            browser.press(Keys.TAB);
            reached.add(browser.focused());
        }
        for (var control : List.of("Users", "Posts", "Sign in", "Edit", "Delete", "New post", "Search", "Copy")) {
            assertTrue(reached.contains(control), control + " in " + reached);
        }
        browser.run("document.querySelector('.danger').focus()");
        browser.press(Keys.ENTER);
        browser.awaitText("Delete this user?");
        browser.press(Keys.ESCAPE);
        assertEquals(0L, browser.run("return document.querySelectorAll('dialog[open]').length"));
        assertEquals("Delete", browser.focused());
        assertEquals(200, service.get("/users/" + user).statusCode());
    }

    /// Also leaves the pictures of both themes.
    @Test
    void everybodyCanReadIt() throws Exception {
        var user = user("Katherine Johnson");
        post(user, "Orbits by hand", "The computer agreed.");
        var post = post(user, "A very-long-word-" + "o".repeat(150), "x".repeat(3000));
        signIn(Tokens.admin());
        var pages = Map.of(
                "users",
                "/users",
                "posts",
                "/posts?q=computer&sort=-createdAt",
                "user",
                "/users/" + user,
                "post",
                "/posts/" + post,
                "edit",
                "/users/" + user + "/edit",
                "nowhere",
                "/nowhere");
        for (var theme : List.of("light", "dark")) {
            browser.prefer(theme);
            for (var page : pages.entrySet()) {
                browser.resize(1200, 900);
                browser.open(at(page.getValue()));
                browser.screenshot(page.getKey() + "-" + theme);
                assertEquals(List.of(), browser.accessibilityFaults(), page.getKey() + " " + theme);
                for (int width : new int[] {360, 320}) {
                    browser.resize(width, 740);
                    assertEquals(
                            (long) width,
                            browser.run("return document.documentElement.scrollWidth"),
                            page.getKey() + " scrolls sideways");
                }
                browser.screenshot(page.getKey() + "-phone-" + theme);
            }
        }
    }

    @Test
    void theProblemsAreAPageToo() throws Exception {
        for (var theme : List.of("light", "dark")) {
            browser.prefer(theme);
            browser.resize(1200, 900);
            browser.open(service.uri("/problems"));
            browser.screenshot("problems-" + theme);
            assertEquals(List.of(), browser.accessibilityFaults());
        }
        browser.resize(320, 740);
        assertEquals(320L, browser.run("return document.documentElement.scrollWidth"));
        browser.click("The row has changed since it was read");
        assertEquals(service.uri("/problems/stale").toString(), browser.address());
        browser.click("← All problems");
        browser.click("← Byline");
        browser.awaitText("Users");
        assertEquals(List.of(), browser.failedRequests());
        assertEquals(List.of(), browser.complaints());
    }

    private void signIn(String token) {
        browser.open(service.uri("/"));
        browser.click("Sign in");
        browser.fill("Paste an access token of the issuer", token);
        browser.click("Sign in");
    }

    private static URI at(String address) {
        return URI.create(service.uri("/") + "#" + address);
    }

    private static long user(String name) throws Exception {
        return id(service.post("/users", JSON.writeValueAsString(Map.of("name", name)))
                .body());
    }

    private static long post(long user, String title, String content) throws Exception {
        var post = Map.of("title", title, "content", content, "userId", user);
        return id(service.post("/posts", JSON.writeValueAsString(post)).body());
    }

    private static long id(String row) throws Exception {
        return JSON.readTree(row).get("id").asLong();
    }
}
