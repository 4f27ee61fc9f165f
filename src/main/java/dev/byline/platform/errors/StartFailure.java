package dev.byline.platform.errors;

import dev.byline.platform.persistence.DatabaseFailure;
import dev.byline.platform.problem.Causes;
import io.quarkus.logging.Log;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.BindException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/// Why the service did not start. What Quarkus logs by itself is a long line of nested stack traces.
public final class StartFailure {

    /// How SmallRye Config and Quarkus name a setting that they cannot convert, or miss.
    private static final Pattern UNREADABLE = Pattern.compile(
            "config property (\\S+) with the config value .* whilst being converted (?:SRCFG\\d+: )?(.*)");

    private static final Pattern OF_TYPE =
            Pattern.compile("Failed to load config value of type (?:class )?(?:[\\w.]+\\.)?(\\w+) for: (\\S+)");
    private static final Pattern MISSING = Pattern.compile("config property (\\S+) is required");

    private static final Pattern MANAGEMENT = Pattern.compile("management interface on \\S+:(\\d+)");

    private StartFailure() {}

    /// Logs the details, if there are any, then tells a person in one line of plain text what has failed and what to
    /// do: the last line of the process.
    public static void report(Throwable failure) {
        var setting = setting(failure);
        if (setting.isEmpty()) {
            Log.error("Byline did not start", Causes.deepest(failure));
        }
        System.err.println("Byline did not start. " + setting.orElseGet(() -> reason(failure)));
    }

    private static String reason(Throwable failure) {
        return DatabaseFailure.of(failure)
                .map(DatabaseFailure::toString)
                .or(() -> port(failure))
                .orElseGet(() -> Causes.sentence(Causes.deepest(failure)) + ".");
    }

    private static Optional<String> port(Throwable failure) {
        return Causes.find(failure, BindException.class)
                .map(refusal -> refusal instanceof QuarkusBindException http
                        ? inUse(String.valueOf(http.getPort()), "QUARKUS_HTTP_PORT")
                        : first(MANAGEMENT, failure)
                                .map(found -> inUse(found.group(1), "QUARKUS_MANAGEMENT_PORT"))
                                .orElseGet(() -> Causes.sentence(refusal) + "."));
    }

    private static String inUse(String port, String setting) {
        return "Port %s cannot be opened, most likely because another process uses it. End that process, or set %s."
                .formatted(port, setting);
    }

    private static Optional<String> setting(Throwable failure) {
        return DatabaseFailure.ofUrl(failure)
                .or(() -> first(UNREADABLE, failure).map(found -> invalid(found.group(1), found.group(2))))
                .or(() -> first(OF_TYPE, failure).map(found -> invalid(found.group(2), expected(found.group(1)))))
                .or(() -> first(MISSING, failure).map(found -> "Set " + variable(found.group(1)) + "."))
                .or(() -> Causes.find(failure, ConfigurationException.class).map(Throwable::getMessage));
    }

    private static Optional<Matcher> first(Pattern pattern, Throwable failure) {
        return Causes.of(failure)
                .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst();
    }

    private static String invalid(String setting, String expectation) {
        var value = ConfigProvider.getConfig().getConfigValue(setting).getRawValue();
        return "%s=%s is invalid: %s. Correct it.".formatted(variable(setting), value, expectation);
    }

    private static String expected(String type) {
        return switch (type) {
            case "int", "long" -> "it must be a whole number";
            case "boolean" -> "it must be true or false";
            case "Duration" -> "it must be a duration, as in 10s or 500ms";
            case "MemorySize" -> "it must be a size, as in 512K or 10M";
            default -> "it must be of the type " + type;
        };
    }

    /// The environment variable of a setting.
    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
