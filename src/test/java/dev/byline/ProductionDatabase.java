package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A database as in production: the schema belongs to one role, whose migration went directly to the server, and the
/// service signs in as another through PgBouncer, with no more rights and limits than `k8s/components/roles` gives it.
final class ProductionDatabase implements Closeable {

    private static final Path ROLES = Path.of("k8s/components/roles/roles.sql");

    private final Postgres postgres;
    private final PgBouncer pooler;

    ProductionDatabase(Path folder) throws IOException, InterruptedException, SQLException {
        postgres = new Postgres(folder);
        postgres.execute("create database byline");
        execute(Files.readString(ROLES));
        migrate(folder);
        pooler = new PgBouncer(postgres.port());
    }

    private void migrate(Path folder) throws IOException, InterruptedException {
        var job = new HashMap<String, String>();
        job.put("QUARKUS_INIT_AND_EXIT", "true");
        job.put("QUARKUS_DATASOURCE_USERNAME", "byline_owner");
        try (var migration = new Service(folder, directUrl(), job)) {
            assertEquals(0, migration.exitStatus(), migration.log());
        }
    }

    private String directUrl() {
        return "jdbc:postgresql://localhost:" + postgres.port() + "/byline";
    }

    /// Through the pooler.
    String url() {
        return pooler.url();
    }

    /// What the service is told beside the URL.
    Map<String, String> environment() {
        return Map.of("QUARKUS_DATASOURCE_USERNAME", "byline_app", "QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false");
    }

    /// A connection of the administrator's, past the pooler.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(directUrl(), "postgres", "");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        pooler.close();
        postgres.close();
    }
}
