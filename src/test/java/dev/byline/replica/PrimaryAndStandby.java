package dev.byline.replica;

import dev.byline.Postgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return Map.of(
                "quarkus.datasource.jdbc.url",
                primary.url(),
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres",
                "quarkus.datasource.replica.active",
                "true",
                "quarkus.datasource.replica.jdbc.url",
                standby.url(),
                "quarkus.datasource.replica.username",
                "postgres",
                "quarkus.datasource.replica.password",
                "postgres",
                // A test waits for it, and looks at what is stale before.
                "byline.replica.max-lag",
                "10s");
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
