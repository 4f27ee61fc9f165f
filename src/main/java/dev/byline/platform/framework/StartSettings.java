package dev.byline.platform.framework;

import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Settings whose values every process works out for itself when it starts.
///
/// A build reads all settings, too, and Quarkus writes what it finds into the package, as defaults. There the values
/// of the machine that builds are useless, and they make two packages of the same commit differ. So a build gets none.
///
/// Can go when Quarkus has settings that only a running process reads.
public final class StartSettings {

    /// Above application.properties (250) and below the environment (300), which can set each of them.
    private static final int ORDINAL = 275;

    private StartSettings() {}

    /// @param values by the names of settings
    public static Iterable<ConfigSource> of(String source, Supplier<Map<String, String>> values) {
        return isBuild() ? List.of() : List.of(new PropertiesConfigSource(values.get(), source, ORDINAL));
    }

    /// Maven's own process has this property from `.mvn/jvm.config`. Tests and dev mode have processes of their own.
    private static boolean isBuild() {
        return Boolean.getBoolean("byline.building");
    }
}
