package dev.byline.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The service's own settings, as they are where a deployment sets nothing.
final class Defaults {

    static final Properties SETTINGS = load();

    private Defaults() {}

    private static Properties load() {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
