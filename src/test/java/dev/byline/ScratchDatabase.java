package dev.byline;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A database for the tests of the package, which brings none itself, and the key of the tests' tokens. Tests within
/// the build get theirs from the extension and from META-INF/microprofile-config.properties. With the system property
/// `pgbouncer` it is a database as in production, behind PgBouncer.
public class ScratchDatabase implements QuarkusTestResourceLifecycleManager {

    private Closeable database;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(Tokens.settings());
        settings.putAll(ManagementPort.settings());
        try {
            settings.putAll(
                    switch (Settings.DATABASE) {
                        case "postgresql" -> System.getProperty("pgbouncer") == null ? direct() : pooled();
                        case "mariadb" -> ofMariaDb();
                        case "sqlite" -> ofSqlite();
                        default -> throw new IllegalStateException("There is no server of " + Settings.DATABASE);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
        return settings;
    }

    private Map<String, String> direct() throws IOException {
        var postgres = EmbeddedPostgres.start();
        database = postgres;
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres");
    }

    private Map<String, String> ofMariaDb() throws IOException {
        var server = new MariaDbServer(Path.of(System.getProperty("java.io.tmpdir")));
        database = server::close;
        return server.settings();
    }

    private Map<String, String> ofSqlite() throws IOException {
        database = () -> {};
        return Map.of("quarkus.datasource.jdbc.url", "jdbc:sqlite:" + Files.createTempFile("byline", ".db"));
    }

    private Map<String, String> pooled() throws IOException, InterruptedException, SQLException {
        var production = new ProductionDatabase(Files.createTempDirectory("byline"));
        database = production;
        return Map.of(
                "quarkus.datasource.jdbc.url", production.url(),
                "quarkus.datasource.username", "byline_app",
                "quarkus.datasource.password", "",
                "quarkus.liquibase.migrate-at-start", "false");
    }

    @Override
    public void stop() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
