package dev.byline.replica;

import dev.byline.ManagementPort;
import dev.byline.Postgres;
import dev.byline.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A primary and its hot standby, and the service connected to both. A test gets them through its fields
/// `primary` and `standby`.
public class PrimaryAndStandby implements QuarkusTestResourceLifecycleManager {

    private Path folder;
    private Postgres primary;
    private Postgres standby;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("replica");
            primary = new Postgres(folder);
            standby = primary.standby();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = new HashMap<>(Tokens.settings());
        settings.putAll(ManagementPort.settings());
        settings.putAll(datasource("", primary));
        // In quotes too, as the embedded server names it: of two spellings Quarkus takes the one that it happens to see
        // first.
        for (var name : List.of(".replica", ".\"replica\"")) {
            settings.putAll(datasource(name, standby));
            settings.put("quarkus.datasource" + name + ".active", "true");
        }
        // A test waits for it, and looks at what is stale before.
        settings.put("byline.replica.max-lag", "10s");
        return settings;
    }

    private static Map<String, String> datasource(String name, Postgres server) {
        var prefix = "quarkus.datasource" + name;
        return Map.of(
                prefix + ".jdbc.url", server.url(),
                prefix + ".username", "postgres",
                prefix + ".password", "postgres");
    }

    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(primary, new TestInjector.MatchesType(Postgres.class).and(field -> field.getName()
                .equals("primary")));
        test.injectIntoFields(standby, new TestInjector.MatchesType(Postgres.class).and(field -> field.getName()
                .equals("standby")));
    }

    @Override
    public void stop() {
        try {
            standby.close();
            primary.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
