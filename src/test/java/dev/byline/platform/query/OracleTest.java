package dev.byline.platform.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.platform.write.IdempotencyKey;
import dev.byline.post.Post;
import dev.byline.user.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateSqlCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.GenericJDBCException;
import org.hibernate.query.CommonQueryContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// There is no Oracle here. This shows how far the service is from one: Liquibase writes the tables, and Hibernate the
/// statements, without a server, into `target/oracle`. Nothing of that was ever run.
class OracleTest {

    private static final Path TARGET = Path.of("target/oracle");

    /// How other databases say it.
    private static final Pattern FOREIGN = Pattern.compile("\\b(?:limit|ilike|octet_length|nextval)\\b|::");

    private static final Pattern TABLE =
            Pattern.compile("(?s)create table (?:\\w+\\.)?(\\w+) \\((.*?)\\)(?=;|$)", Pattern.CASE_INSENSITIVE);

    @TempDir
    Path folder;

    @Test
    void theChangeSetsMakeTheTablesOfTheEntities() throws Exception {
        var changeSets = changeSets();
        keep("tables.sql", changeSets);
        var mapped = folder.resolve("mapped.sql");
        hibernate(Map.of(
                        "jakarta.persistence.schema-generation.scripts.action",
                        "create",
                        "jakarta.persistence.schema-generation.scripts.create-target",
                        mapped.toString()))
                .close();
        assertEquals(columns(Files.readString(mapped)), columns(changeSets));
        assertTrue(columns(changeSets).get("posts").contains("user_id"));
    }

    @Test
    void everyChangeSetCanBeRolledBack() throws IOException, LiquibaseException {
        try (var liquibase = liquibase()) {
            for (var changeSet : liquibase.getDatabaseChangeLog().getChangeSets()) {
                assertFalse(changeSet.getRollback().getChanges().isEmpty(), changeSet.getId());
            }
        }
    }

    /// The statements that the service uses on every database, in the words of this one.
    @Test
    void hibernateSaysEveryStatementInOraclesWords() throws IOException {
        var statements = new ArrayList<String>();
        try (var hibernate = hibernate(Map.of());
                var session = hibernate
                        .withOptions()
                        .connection(recording(statements))
                        .openSession()) {
            for (var hql : HqlWarmup.STATEMENTS) {
                int before = statements.size();
                run(session, ofAnEntity(hql));
                assertEquals(before + 1, statements.size(), hql);
            }
        }
        statements.forEach(sql -> assertFalse(FOREIGN.matcher(sql).find(), sql));
        keep("statements.sql", String.join(";\n", statements) + ";\n");
    }

    private String changeSets() throws Exception {
        var sql = new ByteArrayOutputStream();
        try (var liquibase = liquibase()) {
            Scope.child(Scope.Attr.resourceAccessor, liquibase.getResourceAccessor(), () -> new CommandScope(
                            UpdateSqlCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, liquibase.getDatabase())
                    .addArgumentValue(UpdateSqlCommandStep.CHANGELOG_FILE_ARG, liquibase.getChangeLogFile())
                    .setOutput(sql)
                    .execute());
        }
        return sql.toString(UTF_8);
    }

    private Liquibase liquibase() throws IOException, LiquibaseException {
        var files = new DirectoryResourceAccessor(Path.of("src/main/databases/oracle/db"));
        var database = DatabaseFactory.getInstance()
                .openDatabase(
                        "offline:oracle?version=19&changeLogFile=" + folder.resolve("applied.csv"),
                        null,
                        null,
                        null,
                        files);
        return new Liquibase("changelog.yaml", files, database);
    }

    private static void keep(String file, String text) throws IOException {
        Files.createDirectories(TARGET);
        Files.writeString(TARGET.resolve(file), text);
    }

    /// The names of the columns of each table, the tables of Liquibase itself left out.
    private static Map<String, TreeSet<String>> columns(String script) {
        var tables = new TreeMap<String, TreeSet<String>>();
        TABLE.matcher(script).results().forEach(table -> {
            var name = table.group(1).toLowerCase(Locale.ROOT);
            if (!name.startsWith("databasechangelog")) {
                tables.put(
                        name,
                        // A comma within brackets is part of a type.
                        Pattern.compile(",\\s*(?![^(]*\\))")
                                .splitAsStream(table.group(2))
                                .map(column ->
                                        column.strip().toLowerCase(Locale.ROOT).split("\\s+")[0])
                                .filter(column -> !column.equals("constraint") && !column.equals("primary"))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        });
        return tables;
    }

    private static SessionFactory hibernate(Map<String, String> settings) {
        var configuration = new Configuration()
                .addAnnotatedClass(User.class)
                .addAnnotatedClass(Post.class)
                .addAnnotatedClass(IdempotencyKey.class)
                .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
                .setProperty("hibernate.dialect", "org.hibernate.dialect.OracleDialect")
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false");
        settings.forEach(configuration::setProperty);
        return configuration.buildSessionFactory();
    }

    /// Keeps each statement that it is to prepare, and refuses it.
    private static Connection recording(List<String> statements) {
        return (Connection) Proxy.newProxyInstance(
                OracleTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (connection, method, arguments) -> switch (method.getName()) {
                    case "prepareStatement" -> {
                        statements.add((String) arguments[0]);
                        throw new SQLException("There is no server");
                    }
                    case "getAutoCommit" -> true;
                    case "isClosed" -> false;
                    default -> null;
                });
    }

    private static String ofAnEntity(String hql) {
        boolean ofUser = hql.matches("(?s).*\\b(?:(?<!owner\\.)size|issuer)\\b.*");
        return ofUser
                ? hql.replace("Thing", "User").replace("brief", "name").replace("size", "age")
                : hql.replace("Thing", "Post")
                        .replace("brief", "title")
                        .replaceAll("\\btext\\b", "content")
                        .replace("owner.kind", "user.name")
                        .replace("owner.size", "user.age")
                        .replace("owner", "user");
    }

    private static void run(Session session, String hql) {
        if (hql.startsWith("update") || hql.startsWith("delete")) {
            var change = session.createMutationQuery(hql);
            withValues(change);
            var transaction = session.beginTransaction();
            assertThrows(GenericJDBCException.class, change::executeUpdate);
            transaction.rollback();
        } else {
            var selection = session.createSelectionQuery(hql, Object.class);
            withValues(selection);
            assertThrows(GenericJDBCException.class, selection::getResultList);
        }
    }

    private static void withValues(CommonQueryContract query) {
        for (var parameter : query.getParameterMetadata().getRegistrations()) {
            var value = value(parameter.getParameterType());
            if (parameter.getName() != null) {
                query.setParameter(parameter.getName(), value);
            } else {
                query.setParameter(parameter.getPosition(), value);
            }
        }
    }

    private static Object value(Class<?> type) {
        return type == String.class ? "text" : type == Instant.class ? Instant.EPOCH : type == Long.class ? 1L : 1;
    }
}
