package dev.byline.platform.server;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Limits the connections to what the heap has memory for, at `byline.http.memory-per-connection` for each. A
/// client can fill that much with the head of a request that it never completes.
public class ConnectionLimit implements ConfigSourceFactory {

    /// A higher number is useless: a process may usually not open more sockets.
    private static final long MOST = 10_000;

    /// Above application.properties (250) and below the environment (300), which can set the property of Quarkus.
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var memory = new MemorySizeConverter()
                .convert(context.getValue("byline.http.memory-per-connection").getValue());
        long most = Math.min(MOST, Runtime.getRuntime().maxMemory() / memory.asLongValue());
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.http.limits.max-connections", String.valueOf(most)), "connection limit", ORDINAL));
    }
}
