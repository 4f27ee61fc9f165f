package dev.byline.platform.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Bounds the kernel's buffer for the unread answers of a connection. By default Linux takes up to 4 MB.
@Singleton
public record SocketBuffers(
        @ConfigProperty(name = "byline.http.send-buffer") MemorySize sendBuffer)
        implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setSendBufferSize(Math.toIntExact(sendBuffer.asLongValue()));
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
