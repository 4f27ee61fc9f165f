package dev.byline;

import static io.restassured.RestAssured.port;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Replays the documentation's sessions with the real curl, command by command: what it prints must be what they print,
/// but for times, and for ids, which are another in every database. Each goes on from the one before.
@QuarkusTest
public class ReadmeTest {

    private static final List<String> PAGES = List.of(
            "README.md",
            "src/main/java/dev/byline/platform/query/README.md",
            "src/main/java/dev/byline/platform/write/README.md");

    private static final String TOKEN = Tokens.ofSomebody("users:write posts:write");

    private record Step(String command, String answer) {}

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Pattern NEW_ROW = Pattern.compile("^\\{\"id\":(\\d+),\"(name|title)\"");

    /// Where ids stand, after which word: in paths, in members, in sentences, and at the start of a row.
    private static final Map<String, Pattern> IDS = Map.of(
            "name", Pattern.compile("(?<=/users/|\"userId\":|userId=|no user |\"id\":)\\d+(?!\\d|,\"title\")"),
            "title", Pattern.compile("(?<=/posts/|\"id\":)\\d+(?!\\d|,\"name\")"));

    private final Map<String, Map<String, String>> ids = Map.of("name", new HashMap<>(), "title", new HashMap<>());

    @Test
    void theSessionsGoAsTheyAreWritten() throws IOException, InterruptedException {
        var steps = new ArrayList<Step>();
        for (var page : PAGES) {
            var session = steps(Files.readString(Path.of(page)));
            assertTrue(session.size() > 3, page + " has a session");
            steps.addAll(session);
        }
        for (var step : steps) {
            if (step.command.contains("/dev/token")) {
                continue; // dev mode's way to a token: run() has put one into the environment
            }
            var answer = run(translated(step.command).replace("localhost:8080", "localhost:" + port));
            learnIds(step.answer, answer);
            assertEquals(withoutTimes(translated(step.answer)), withoutTimes(answer), step.command);
        }
    }

    private static List<Step> steps(String readme) {
        return Arrays.stream(readme.split("```console\n"))
                .skip(1)
                .map(block -> block.split("```")[0])
                .flatMap(session -> Arrays.stream(session.split("(?m)^\\$ ")))
                .filter(step -> !step.isBlank())
                .map(step -> new Step(
                        step.lines().findFirst().orElseThrow(),
                        step.replaceFirst(".*\n", "").strip()))
                .toList();
    }

    private void learnIds(String readme, String answer) {
        var expected = NEW_ROW.matcher(readme);
        var actual = NEW_ROW.matcher(answer);
        if (expected.find() && actual.find()) {
            ids.get(expected.group(2)).putIfAbsent(expected.group(1), actual.group(1));
        }
    }

    /// The README's text with this database's ids.
    private String translated(String text) {
        var result = text;
        for (var kind : ids.keySet()) {
            result =
                    IDS.get(kind).matcher(result).replaceAll(id -> ids.get(kind).getOrDefault(id.group(), id.group()));
        }
        return result;
    }

    private static String withoutTimes(String text) {
        return TIME.matcher(text).replaceAll("(time)");
    }

    private static String run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("token", TOKEN);
        builder.environment().put("admin", Tokens.admin());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes()).stripTrailing();
        assertEquals(0, process.waitFor(), command);
        return output;
    }
}
