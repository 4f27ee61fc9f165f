package dev.byline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// The settings in the package: those of every build, and those of its database.
public final class Settings {

    /// The database that this build is for.
    public static final String DATABASE = System.getProperty("byline.database", "postgresql");

    private static final List<Path> FILES = List.of(
            Path.of("src/main/resources/application.properties"),
            Path.of("src/main/databases", DATABASE, "META-INF/microprofile-config.properties"));

    private Settings() {}

    public static Properties inThePackage() {
        var settings = new Properties();
        for (var file : FILES) {
            try (var reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return settings;
    }
}
