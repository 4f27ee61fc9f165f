package dev.byline.release;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The version of a source tree, and where else it is written.
public final class Version {

    private static final Pattern OF_POM = Pattern.compile("<version>(.*)</version>");
    private static final Pattern OF_CHANGELOG = Pattern.compile("(?m)^## \\[(\\d.*?)]");
    private static final Pattern MENTION = Pattern.compile("(?:byline:|newTag: |\\?ref=v)(\\d+\\.\\d+\\.\\d+)");
    private static final Set<String> NOT_SOURCES = Set.of(".git", "target", "node_modules", ".dev-db");

    private Version() {}

    /// The version of the pom, which all others follow.
    public static String of(Path project) throws IOException {
        return first(OF_POM, project.resolve("pom.xml")).orElseThrow();
    }

    /// The newest version that the changelog has an entry for.
    static Optional<String> newestEntry(Path project) throws IOException {
        return first(OF_CHANGELOG, project.resolve(".github/CHANGELOG.md"));
    }

    /// Every place that names the version of an image or of the manifests, as `path: version`.
    static Set<String> mentions(Path project) throws IOException {
        var mentions = new TreeSet<String>();
        try (var entries = Files.list(project)) {
            for (var entry : entries.toList()) {
                if (!NOT_SOURCES.contains(entry.getFileName().toString())) {
                    collect(project, entry, mentions);
                }
            }
        }
        return mentions;
    }

    private static void collect(Path project, Path folder, Set<String> mentions) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(Files::isRegularFile).filter(Version::isSource).toList()) {
                matches(MENTION, file).forEach(version -> mentions.add(project.relativize(file) + ": " + version));
            }
        }
    }

    private static boolean isSource(Path file) {
        return Stream.of(file.toString().split("/")).noneMatch(NOT_SOURCES::contains);
    }

    private static Optional<String> first(Pattern pattern, Path file) throws IOException {
        return matches(pattern, file).findFirst();
    }

    private static Stream<String> matches(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file, ISO_8859_1)).results().map(match -> match.group(1));
    }
}
