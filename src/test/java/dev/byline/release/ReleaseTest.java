package dev.byline.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `.github/release` in a copy of this source tree, with an origin of its own and a `mvnw` that runs no tests.
class ReleaseTest {

    private static final String CHANGELOG = ".github/CHANGELOG.md";
    private static final String NOTHING_DONE = "nothing is released, and the files are as they were";

    private record Run(int status, String output) {}

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void copy() throws Exception {
        project = Files.createDirectory(folder.resolve("project"));
        // Of the working tree, so that a change can be tested before it is committed.
        var copy = run(
                Path.of(""),
                "sh",
                "-c",
                "git ls-files -z --cached --others --exclude-standard"
                        + " | tar --create --null --files-from - --ignore-failed-read | tar --extract --directory \"$0\"",
                project.toString());
        assertEquals(0, copy.status, copy.output);
        maven("echo verified");
        git("init", "--quiet", "--initial-branch", "main");
        git("config", "user.name", "Somebody");
        git("config", "user.email", "somebody@example.com");
        git("config", "commit.gpgSign", "false");
        git("config", "tag.gpgSign", "false");
        unreleased("- Posts can be pinned.");
        commitAndPush();
    }

    @Test
    void movesTheVersionEverywhereAndDatesTheEntryAndTags() throws Exception {
        var before = Version.mentions(project);
        var run = release("98.7.6");
        assertEquals(0, run.status, run.output);
        assertThat(run.output, containsString("git push --atomic origin main v98.7.6"));

        assertEquals("98.7.6", Version.of(project));
        assertEquals("98.7.6", Version.newestEntry(project).orElseThrow());
        assertEquals(places(before), places(Version.mentions(project)));
        assertTrue(Version.mentions(project).stream().allMatch(mention -> mention.endsWith(": 98.7.6")));
        assertEquals("", git("status", "--porcelain"));
        assertEquals("Release 98.7.6", git("log", "-1", "--format=%s"));
        assertEquals(git("rev-parse", "HEAD"), git("rev-parse", "v98.7.6^{commit}"));

        var changelog = Files.readString(project.resolve(CHANGELOG));
        var today = git("log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%d");
        assertThat(
                changelog,
                containsString(
                        "## [Unreleased]\n\n## [98.7.6] - " + today + "\n\n### Added\n\n- Posts can be pinned.\n"));
        assertThat(
                changelog, containsString("\n[98.7.6]: https://github.com/byline-dev/byline/releases/tag/v98.7.6\n"));
        assertThat(Files.readString(project.resolve("pom.xml")), containsString("outputTimestamp>" + today + "T"));
        var notes = run(project, ".github/release", "notes", "98.7.6").output;
        assertThat(notes, containsString("### Added\n\n- Posts can be pinned.\n"));
        assertThat(notes, not(containsString("Unreleased")));
        assertThat(git("tag", "--list", "--format=%(contents)", "v98.7.6"), containsString("### Added"));
    }

    @Test
    void makesTheNextReleaseFromTheOneBefore() throws Exception {
        assertEquals(0, release("98.7.6").status);
        refuses("98.8.0", "\"Unreleased\" in " + CHANGELOG + " is empty");
        unreleased("- Posts can be hidden.");
        commitAndPush();
        refuses("98.7.6", "98.7.6 is not newer than 98.7.6");
        refuses("98.7.5", "98.7.5 is not newer than 98.7.6");
        refuses("9.8.7", "9.8.7 is not newer than 98.7.6");
        assertEquals(0, release("98.10.0").status);
        assertTrue(Version.mentions(project).stream().allMatch(mention -> mention.endsWith(": 98.10.0")));
    }

    @Test
    void asksForTheVersion() throws Exception {
        assertThat(failure(release()).output, containsString("say which version: .github/release 1.2.3"));
    }

    @Test
    void refusesWhatIsNoVersion() throws Exception {
        for (var version : List.of("", "v98.7.6", "98.7", "98.07.6", "98.7.6-rc.1", "next", "98.7.6\n")) {
            refuses(version, "'" + version + "' is not a version. Give three numbers, as in 1.2.3");
        }
    }

    @Test
    void refusesAnEmptyEntry() throws Exception {
        Files.writeString(
                project.resolve(CHANGELOG),
                Files.readString(project.resolve(CHANGELOG)).replaceAll("(?m)^- .*\n( .*\n)*", ""));
        commitAndPush();
        refuses("98.7.6", "\"Unreleased\" in " + CHANGELOG + " is empty: say there what users get with 98.7.6");
    }

    @Test
    void refusesChangesThatAreNotCommitted() throws Exception {
        Files.writeString(project.resolve("README.md"), "more\n", StandardOpenOption.APPEND);
        Files.writeString(project.resolve("notes.txt"), "new\n");
        refuses("98.7.6", "there are changes that are not committed");
        assertThat(release("98.7.6").output, containsString("README.md"));
        assertThat(release("98.7.6").output, containsString("notes.txt"));
        assertTrue(Files.readString(project.resolve("README.md")).endsWith("more\n"), "it keeps what it refuses");
    }

    @Test
    void refusesAnotherBranchThanMain() throws Exception {
        git("checkout", "--quiet", "-b", "work");
        refuses("98.7.6", "a release is made from main, and this is work");
    }

    @Test
    void refusesAMainThatOriginDoesNotHave() throws Exception {
        git("commit", "--quiet", "--allow-empty", "--message", "Not pushed");
        refuses("98.7.6", "main is not the main of origin: pull or push first");
    }

    @Test
    void refusesToWorkWithoutItsOrigin() throws Exception {
        git("remote", "set-url", "origin", folder.resolve("nowhere").toString());
        refuses("98.7.6", "cannot fetch from origin");
    }

    @Test
    void refusesAVersionThatOnlyOriginHas() throws Exception {
        git("tag", "v98.7.6");
        git("push", "--quiet", "origin", "v98.7.6");
        git("tag", "--delete", "v98.7.6");
        refuses("98.7.6", "the tag v98.7.6 exists already");
    }

    @Test
    void leavesEverythingAsItWasWhenATestFails() throws Exception {
        maven("echo 1 test failed; exit 1");
        commitAndPush();
        var before = Version.mentions(project);
        refuses("98.7.6", NOTHING_DONE);
        assertEquals(before, Version.mentions(project));
        assertEquals("", git("status", "--porcelain") + git("tag"));
    }

    @Test
    void leavesEverythingAsItWasWhenItCannotTag() throws Exception {
        git("config", "tag.gpgSign", "true");
        git("config", "gpg.program", "false");
        refuses("98.7.6", NOTHING_DONE);
        assertEquals("", git("status", "--porcelain") + git("tag"));
    }

    @Test
    void hasNoNotesForAVersionThatIsNotReleased() throws Exception {
        var run = failure(run(project, ".github/release", "notes", "98.7.6"));
        assertThat(run.output, containsString(CHANGELOG + " has no entry for 98.7.6"));
    }

    /// It fails, says so, and commits nothing.
    private void refuses(String version, String reason) throws Exception {
        var head = git("rev-parse", "HEAD");
        assertThat(failure(release(version)).output, containsString(reason));
        assertEquals(head, git("rev-parse", "HEAD"));
    }

    private static Run failure(Run run) {
        assertNotEquals(0, run.status, run.output);
        return run;
    }

    private static Set<String> places(Set<String> mentions) {
        return mentions.stream()
                .map(mention -> mention.substring(0, mention.indexOf(": ")))
                .collect(Collectors.toSet());
    }

    private Run release(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(".github/release"));
        command.addAll(List.of(arguments));
        return run(project, command.toArray(String[]::new));
    }

    private void maven(String script) throws IOException {
        Files.writeString(project.resolve("mvnw"), "#!/bin/sh\n" + script + "\n");
    }

    /// Makes this the only line of what is not released.
    private void unreleased(String line) throws IOException {
        var changelog = Files.readString(project.resolve(CHANGELOG));
        var rest = changelog.substring(changelog.indexOf("\n[Unreleased]: "));
        var older = changelog.indexOf("\n## [", changelog.indexOf("## [Unreleased]"));
        Files.writeString(
                project.resolve(CHANGELOG),
                changelog.substring(0, changelog.indexOf("## [Unreleased]"))
                        + "## [Unreleased]\n\n### Added\n\n" + line + "\n"
                        + (older < 0 ? rest : changelog.substring(older)));
    }

    private void commitAndPush() throws Exception {
        git("add", "--all");
        git("commit", "--quiet", "--message", "Work");
        var origin = folder.resolve("origin.git");
        if (Files.notExists(origin)) {
            git("init", "--quiet", "--bare", "--initial-branch", "main", origin.toString());
            git("remote", "add", "origin", origin.toString());
        }
        git("push", "--quiet", "origin", "main");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var run = run(project, command.toArray(String[]::new));
        assertEquals(0, run.status, () -> command + ": " + run.output);
        return run.output.strip();
    }

    private static Run run(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }
}
