package dev.byline.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

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

    @ConfigProperty(name = "quarkus.datasource.username")
    String username;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void everyChangeSetAppliesRollsBackAndAppliesAgain() throws SQLException, LiquibaseException {
        var name = "migrations_" + UUID.randomUUID().toString().replace("-", "");
        execute("create database " + name);
        try (var connection = DriverManager.getConnection(
                url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"), username, password)) {
            // Closing it would close the connection, which is closed here.
            var liquibase = new Liquibase(
                    "db/changelog.yaml", new ClassLoaderResourceAccessor(), new JdbcConnection(connection));
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
        } finally {
            execute("drop database " + name);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> schema(Connection connection) throws SQLException {
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
