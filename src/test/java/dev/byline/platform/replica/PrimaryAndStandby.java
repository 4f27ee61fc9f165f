package dev.byline.platform.replica;

import dev.byline.ManagementPort;
import dev.byline.Postgres;
import dev.byline.Settings;
import dev.byline.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A primary and its hot standby, and the service connected to both. A test gets them through its fields
/// `primary` and `standby`.
public class PrimaryAndStandby implements QuarkusTestResourceLifecycleManager {

    private static final String REPLICA = "quarkus.datasource.replica.";
    private static final String QUOTED = "quarkus.datasource.\"replica\".";

    private Path folder;
    private Postgres primary;
    private Postgres standby;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("replica");
            primary = new Postgres(folder);
            standby = primary.standby();
            return settings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Tokens.settings());
        settings.putAll(ManagementPort.settings());
        settings.putAll(datasource("", primary));
        settings.putAll(datasource(".replica", standby));
        settings.put("quarkus.datasource.replica.active", "true");
        settings.putAll(inQuotes(settings));
        // A test waits for it, and looks at what is stale before.
        settings.put("byline.replica.max-lag", "10s");
        return settings;
    }

    /// The embedded server names the replica in quotes, and of two spellings of a name Quarkus takes the one that it
    /// happens to see first: so the other one has all that this one has.
    private static Map<String, String> inQuotes(Map<String, String> settings) {
        var all = Settings.inThePackage();
        all.putAll(settings);
        var quoted = new HashMap<String, String>();
        all.stringPropertyNames().stream()
                .filter(name -> name.startsWith(REPLICA) && !name.contains(".db-")) // which the build has fixed
                .forEach(name -> quoted.put(name.replace(REPLICA, QUOTED), all.getProperty(name)));
        return quoted;
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
