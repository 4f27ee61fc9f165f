package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table of settings names every setting of Byline's own, and the defaults that the files have.
class SettingsTableTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path SECURITY = Path.of("src/main/java/dev/byline/platform/security/README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:`([^`]*)`|(\\([^|]*\\)|)) \\|");

    @Test
    void theDefaultsAreThoseOfTheFiles() throws IOException {
        var defaults = defaults();
        var rows = ROW.matcher(Files.readString(RESOURCES.resolve("README.md")));
        int checked = 0;
        while (rows.find()) {
            var name = rows.group(1);
            if (rows.group(2) != null) {
                assertEquals(defaults.get(name), rows.group(2), name);
                checked++;
            } else {
                assertTrue(!defaults.containsKey(name), () -> name + " is in a file");
            }
        }
        assertTrue(checked > 30, "rows");
    }

    @Test
    void everySettingOfBylinesOwnIsThere() throws IOException {
        var documented = Files.readString(RESOURCES.resolve("README.md")) + Files.readString(SECURITY);
        defaults().keySet().stream()
                .filter(name -> name.startsWith("BYLINE_"))
                .forEach(name -> assertTrue(documented.contains("`" + name + "`"), name));
    }

    /// Those of production, by the names of environment variables.
    private static Map<String, String> defaults() {
        var properties = Settings.inThePackage();
        var defaults = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            var plain = name.startsWith("%prod.") ? name.substring("%prod.".length()) : name;
            if (!plain.startsWith("%") && !(plain.equals(name) && properties.containsKey("%prod." + name))) {
                defaults.put(plain.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), properties.getProperty(name));
            }
        }
        return defaults;
    }
}
