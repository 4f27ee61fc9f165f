package dev.byline.platform.pool;

import dev.byline.platform.framework.StartSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Gives each process its own random lifetime of connections: at most `byline.database.max-lifetime` and at least
/// four fifths of it. The pool has no such jitter. Without it, pods that started together would all reconnect at
/// the same moment, again and again.
public class ConnectionLifetime implements ConfigSourceFactory {

    private static final double SHORTEST = 0.8;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return StartSettings.of("connection lifetime", () -> {
            var longest = DurationConverter.parseDuration(
                    context.getValue("byline.database.max-lifetime").getValue());
            var share = ThreadLocalRandom.current().nextDouble(SHORTEST, 1);
            return Map.of(
                    "quarkus.datasource.jdbc.max-lifetime", Math.max(1, Math.round(longest.toSeconds() * share)) + "S");
        });
    }
}
