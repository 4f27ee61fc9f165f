package dev.byline.platform.persistence;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.OnlyOn;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@OnlyOn(value = POSTGRESQL, because = "the change sets, which are those of PostgreSQL")
@QuarkusTest
class MigrationsTest {

    private static final String SCHEMA = """
            select 'table ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
              from information_schema.columns where table_schema = 'public'
            union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
            union all select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
              from pg_constraint where connamespace = 'public'::regnamespace
            union all select 'sequence ' || sequencename || ' ' || increment_by from pg_sequences
            order by 1""";

    @Inject
    AgroalDataSource dataSource;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username", defaultValue = "nobody")
    String username;

    @ConfigProperty(name = "quarkus.datasource.password", defaultValue = "none")
    String password;

    @Test
    void everyChangeSetAppliesRollsBackAndAppliesAgain() throws SQLException, LiquibaseException {
        inScratchDatabase(url -> {
            try (var connection = connect(url)) {
                var liquibase = liquibase(connection);
                liquibase.validate();
                int changeSets = liquibase.listUnrunChangeSets(null, null).size();
                liquibase.update();
                var schema = schema(connection);

                liquibase.rollback(changeSets, "");
                assertEquals(
                        List.of(),
                        schema(connection).stream()
                                .filter(line -> !line.contains("databasechangelog"))
                                .toList());

                liquibase.update();
                assertEquals(schema, schema(connection));
            }
        });
    }

    @Test
    void aMigrationThatIsKilledLeavesNoLock() throws SQLException, LiquibaseException {
        inScratchDatabase(url -> {
            try (var killed = connect(url);
                    var next = connect(url)) {
                liquibase(killed).update();
                var lock = LockServiceFactory.getInstance()
                        .getLockService(liquibase(killed).getDatabase());
                assertTrue(lock.acquireLock());
                execute("select pg_terminate_backend(" + backend(killed) + ")");

                var other = LockServiceFactory.getInstance()
                        .getLockService(liquibase(next).getDatabase());
                other.setChangeLogLockWaitTime(1); // minutes; the end of a session takes a moment
                other.setChangeLogLockRecheckTime(1);
                other.waitForLock();
                assertTrue(other.hasChangeLogLock());
                liquibase(next).update();
            }
        });
    }

    /// Texts and questions stay of one language: another setting later changes neither, and stops no start.
    @Test
    void theFirstMigrationChoosesTheLanguageOfTheSearch() throws SQLException, LiquibaseException {
        inScratchDatabase(url -> {
            for (var language : List.of("german", "english")) {
                try (var connection = connect(url)) {
                    var liquibase = liquibase(connection);
                    liquibase.setChangeLogParameter("searchLanguage", language);
                    liquibase.update();
                    connection.setAutoCommit(true);
                    try (var statement = connection.createStatement();
                            var row = statement.executeQuery("select search_query('der Kontinente')")) {
                        row.next();
                        assertEquals("'kontinent'", row.getString(1));
                    }
                }
            }
        });
    }

    /// Old and new version serve side by side while an update rolls: what each released version sends must work on
    /// the newest schema.
    @Test
    void theNewestSchemaServesTheStatementsOfEveryRelease() throws SQLException, LiquibaseException {
        var releases = Path.of("src/test/resources/releases");
        inScratchDatabase(url -> {
            try (var connection = connect(url)) {
                liquibase(connection).update();
                connection.setAutoCommit(true);
                try (var files = Files.list(releases)) {
                    for (var file : files.toList()) {
                        for (var sql : Files.readString(file).split(";\\s*\\n")) {
                            try (var statement = connection.createStatement()) {
                                statement.execute(sql);
                            }
                        }
                    }
                }
            }
        });
    }

    private interface Work {
        void on(String url) throws SQLException, LiquibaseException, IOException;
    }

    private void inScratchDatabase(Work work) throws SQLException, LiquibaseException {
        var name = "migrations_" + UUID.randomUUID().toString().replace("-", "");
        execute("create database " + name);
        try {
            work.on(url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            execute("drop database " + name + " with (force)");
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    private static Liquibase liquibase(Connection connection) throws LiquibaseException {
        return new Liquibase("db/changelog.yaml", new ClassLoaderResourceAccessor(), new JdbcConnection(connection));
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> schema(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SCHEMA)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
