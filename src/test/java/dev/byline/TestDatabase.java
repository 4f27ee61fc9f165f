package dev.byline;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/// The database of the tests within a build for MariaDB. A build for PostgreSQL gets its own from an extension.
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

    private MariaDbServer server;

    @Override
    public Map<String, String> start() {
        if (!Settings.DATABASE.equals("mariadb")) {
            return Map.of();
        }
        try {
            server = new MariaDbServer(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server.settings();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
