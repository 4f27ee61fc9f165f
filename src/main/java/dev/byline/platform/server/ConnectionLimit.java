package dev.byline.platform.server;

import dev.byline.platform.framework.StartSettings;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Limits the connections to what the heap has memory for, at `byline.http.memory-per-connection` for each. A
/// client can fill that much with the head of a request that it never completes.
public class ConnectionLimit implements ConfigSourceFactory {

    /// A higher number is useless: a process may usually not open more sockets.
    private static final long MOST = 10_000;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return StartSettings.of("connection limit", () -> {
            var memory = new MemorySizeConverter()
                    .convert(context.getValue("byline.http.memory-per-connection")
                            .getValue());
            long most = Math.min(MOST, Runtime.getRuntime().maxMemory() / memory.asLongValue());
            return Map.of("quarkus.http.limits.max-connections", String.valueOf(most));
        });
    }
}
