package dev.byline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/// Where health and metrics are.
public final class ManagementPort {

    private static final int DEFAULT = 9001; // Quarkus' own, for a test that is run without Maven

    private ManagementPort() {}

    /// Tells a package under test, which is not in test mode, to use the port of the tests.
    public static Map<String, String> settings() {
        return Map.of("quarkus.management.port", String.valueOf(ofTheServiceUnderTest()));
    }

    static int ofTheServiceUnderTest() {
        return Integer.getInteger("quarkus.management.test-port", DEFAULT);
    }

    static int free() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
