package dev.byline;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The system's Chromium without a window. A test uses it as a person does: by what buttons, links and inputs are
/// called.
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;

    /// Skips the test where there is none.
    static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "Chromium is not installed (Debian: chromium, chromium-driver)");
    }

    Browser() {
        assumeInstalled();
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        // Without a sandbox, as root needs it. A container has little shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900");
        options.setCapability("goog:loggingPrefs", logs);
        // With its path, Selenium looks for no driver to download.
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    /// Loads the page, even if only the fragment of its address differs.
    void open(URI address) {
        driver.get("about:blank");
        driver.get(address.toString());
        awaitIdle();
    }

    void reload() {
        driver.navigate().refresh();
        awaitIdle();
    }

    void back() {
        driver.navigate().back();
        awaitIdle();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /// Clicks the button or link of this name, in the open dialog if there is one.
    void click(String name) {
        click(named(name, "button", "a", "summary"));
    }

    /// For pages on which many buttons have the same name.
    void clickFirst(String css) {
        await("there is " + css, () -> !driver.findElements(By.cssSelector(css)).isEmpty());
        click(driver.findElement(By.cssSelector(css)));
    }

    private void click(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
        awaitIdle();
    }

    /// Types into the input of this label, in place of what it has.
    void fill(String label, String text) {
        var input = named(label, "input", "textarea");
        input.clear();
        input.sendKeys(text);
    }

    void choose(String label, String option) {
        named(label, "select")
                .findElement(By.xpath("option[.='" + option + "']"))
                .click();
        awaitIdle();
    }

    /// Chooses a radio button or a check box.
    void tick(String label) {
        named(label, "input").click();
    }

    String valueOf(String label) {
        return named(label, "input", "textarea").getDomProperty("value");
    }

    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(Keys.chord(keys));
        awaitIdle();
    }

    /// The accessible name of what has the focus.
    String focused() {
        return driver.switchTo().activeElement().getAccessibleName();
    }

    /// The first element with this accessible name that can be seen. In an open dialog, nothing else can be used.
    private WebElement named(String name, String... tags) {
        var found = new ArrayList<WebElement>();
        await("there is “" + name + "”", () -> {
            var scope = driver.findElements(By.cssSelector("dialog[open]")).isEmpty() ? "" : "dialog[open] ";
            for (var tag : tags) {
                driver.findElements(By.cssSelector(scope + tag)).stream()
                        .filter(element -> element.isDisplayed()
                                && element.getAccessibleName()
                                        .strip()
                                        .replaceAll("\\s+", " ")
                                        .equals(name))
                        .findFirst()
                        .ifPresent(found::add);
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    String text(String css) {
        return String.join("\n", texts(css));
    }

    /// Waits until the page shows this text.
    void awaitText(String text) {
        await("the page shows “" + text + "”: " + text("body"), () -> text("body")
                .contains(text));
    }

    void await(String what, BooleanSupplier condition) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!holds(condition)) {
            assertTrue(Instant.now().isBefore(deadline), what);
            pause();
        }
    }

    /// The page may be drawn anew while it is being read.
    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (StaleElementReferenceException redrawn) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitIdle() {
        driver.executeAsyncScript("setTimeout(arguments[0], 20)"); // the event of a new address comes a moment later
        await("the page is not busy", () -> driver.findElements(By.cssSelector("[aria-busy=true]"))
                .isEmpty());
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /// @return the status, and what the page may read of `Server-Timing`; or why the browser refuses
    String fetch(URI address) {
        return driver.executeAsyncScript("""
                        const done = arguments[1];
                        fetch(arguments[0]).then(it => done(it.status + ' ' + it.headers.get('Server-Timing')), done)""", address.toString()).toString();
    }

    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /// The accessibility faults of the page that axe-core calls serious or critical.
    List<String> accessibilityFaults() throws IOException {
        try (var axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        var result = driver.executeAsyncScript(
                "const done = arguments[0]; axe.run().then(it => done(JSON.stringify(it.violations)))");
        var faults = new ArrayList<String>();
        for (var violation : JSON.readTree(result.toString())) {
            if (violation.get("impact").asText().matches("serious|critical")) {
                faults.add(violation.get("id").asText() + " "
                        + violation.at("/nodes/0/html").asText() + " "
                        + violation.at("/nodes/0/failureSummary").asText());
            }
        }
        return faults;
    }

    /// What the browser's console has since the last call.
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /// The requests since the last call that were refused or got no answer, such as `404 /nowhere`.
    List<String> failedRequests() {
        var failed = new ArrayList<String>();
        for (var entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            var message = message(entry.getMessage());
            var response = message.at("/params/response");
            if (message.at("/method").asText().equals("Network.loadingFailed")) {
                failed.add(message.at("/params/errorText").asText());
            } else if (response.path("status").asInt() >= 400) {
                failed.add(response.get("status").asInt() + " "
                        + response.get("url").asText().replaceFirst("https?://[^/]+", ""));
            }
        }
        return failed;
    }

    private static JsonNode message(String json) {
        try {
            return JSON.readTree(json).get("message");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Leaves a picture in `target/screenshots`, for a person to look at.
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
