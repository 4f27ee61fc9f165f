package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person reads when the package does not start: one line of plain text that names the setting and the
/// remedy, after the details of the log.
class StartFailureIT {

    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String USER = "QUARKUS_DATASOURCE_USERNAME";

    @TempDir
    static Path folder;

    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
    }

    @AfterAll
    static void end() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                URL
                        + " | jdbc:postgresql://localhost:1/x | The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL. (Connection to localhost:1 refused"
                        + " | that the postmaster is accepting TCP/IP connections)",
                URL
                        + " | jdbc:postgresql://nowhere.invalid/x | The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL."
                        + " | (the host nowhere.invalid is unknown)",
                URL + " | postgres://ada:secret@localhost/x | QUARKUS_DATASOURCE_JDBC_URL is no address of PostgreSQL."
                        + " | Set it to jdbc:postgresql://host:5432/name.",
                USER
                        + " | nobody | The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
                        + " | (FATAL: role \"nobody\" does not exist)",
                "BYLINE_HTTP_MAX_RUNNING | many | BYLINE_HTTP_MAX_RUNNING=many is invalid: it must be a whole number. | Correct it.",
                "BYLINE_HTTP_MAX_WAIT | long | BYLINE_HTTP_MAX_WAIT=long is invalid: it must be a duration, as in 10s or 500ms. | Correct it.",
                "BYLINE_HTTP_ORIGIN | example | BYLINE_HTTP_ORIGIN must be the address by which clients know this service | It is example.",
                "BYLINE_SECURITY_JWK_SET | nowhere.json | BYLINE_SECURITY_JWK_SET=nowhere.json is not a usable JWK set (RFC 7517): there is no such file."
                        + " | Set it to a file with public RSA keys, each with a kid.",
                "BYLINE_SECURITY_JWK_SET | pom.xml | BYLINE_SECURITY_JWK_SET=pom.xml is not a usable JWK set (RFC 7517): Unexpected character (<) at position 0."
                        + " | Set it to a file with public RSA keys, each with a kid."
            })
    void namesTheSettingAndTheRemedy(String setting, String value, String reason, String remedy) throws Exception {
        assertFails(Map.of(setting, value), reason, remedy);
    }

    private static void assertFails(Map<String, String> settings, String reason, String remedy) throws Exception {
        try (var service = new Service(folder, postgres.url(), settings)) {
            assertEquals(1, service.exitStatus(), service.log());
            var plain = plain(service);
            assertEquals(1, plain.size(), service.log());
            assertThat(plain.getFirst(), startsWith("Byline did not start. " + reason));
            assertThat(plain.getFirst(), endsWith(remedy));
            assertTrue(service.log().length() < 10_000, service.log());
            assertTrue(!service.log().contains("secret"), service.log());
        }
    }

    private static List<String> plain(Service service) throws Exception {
        return service.log().lines().filter(line -> !line.startsWith("{")).toList();
    }

    /// Before it has read its own settings, Quarkus prints what Hibernate logs.
    @Test
    void namesASettingOfQuarkus() throws Exception {
        try (var service = new Service(folder, postgres.url(), Map.of("QUARKUS_HTTP_PORT", "abc"))) {
            assertEquals(1, service.exitStatus(), service.log());
            assertEquals(
                    "Byline did not start. QUARKUS_HTTP_PORT=abc is invalid: Expected an integer value, got \"abc\". Correct it.",
                    plain(service).getLast());
        }
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        postgres.execute("create role locked login password 'right'");
        try (var connection = postgres.connect();
                var rules = connection.createStatement().executeQuery("show hba_file")) {
            rules.next();
            var file = Path.of(rules.getString(1));
            Files.writeString(file, "host all locked all scram-sha-256\n" + Files.readString(file));
        }
        postgres.execute("select pg_reload_conf()");
        assertFails(
                Map.of(USER, "locked", "QUARKUS_DATASOURCE_PASSWORD", "wrong"),
                "The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.",
                "(FATAL: password authentication failed for user \"locked\")");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() throws Exception {
        assertFails(
                Map.of(URL, url("nowhere")),
                "The server has no such database. Create it, or correct QUARKUS_DATASOURCE_JDBC_URL.",
                "(FATAL: database \"nowhere\" does not exist)");
    }

    @ParameterizedTest
    @CsvSource({"QUARKUS_HTTP_PORT", "QUARKUS_MANAGEMENT_PORT"})
    void saysWhichPortIsTaken(String setting) throws Exception {
        try (var other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            assertFails(
                    Map.of(setting, String.valueOf(port)),
                    "Port " + port + " cannot be opened, most likely because another process uses it.",
                    "End that process, or set " + setting + ".");
        }
    }

    @Test
    void saysWhichMigrationFailed() throws Exception {
        postgres.execute("create database occupied");
        execute("occupied", "create table posts (x int)");
        assertFails(
                Map.of(URL, url("occupied")),
                "The migration db/002-posts.sql::002-posts::byline failed. It has changed nothing; the migrations before it are done. Correct the database, then start again.",
                "(ERROR: relation \"posts\" already exists)");
    }

    @Test
    void saysThatTheUserMayNotMigrate() throws Exception {
        postgres.execute("create role reader login");
        postgres.execute("create database guarded");
        execute("guarded", "revoke create on schema public from public");
        assertFails(
                Map.of(URL, url("guarded"), USER, "reader"),
                "The database refuses a statement to this user. Give QUARKUS_DATASOURCE_USERNAME the right, or migrate as another user with QUARKUS_INIT_AND_EXIT=true.",
                "(ERROR: permission denied for schema public)");
    }

    @Test
    void namesTheVariablesOfTheDatabaseWhereThereIsNone() throws Exception {
        try (var service = new Service(folder, "", Map.of())) {
            assertEquals(1, service.exitStatus());
            assertThat(service.log(), startsWith("Byline has no database: set QUARKUS_DATASOURCE_JDBC_URL"));
            assertThat(service.log(), containsString("QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD"));
        }
    }

    /// It does not end: a newer version may be on its way.
    @Test
    void saysThatTheSchemaIsOfAnotherVersion() throws Exception {
        postgres.execute("create database newer");
        try (var service = new Service(folder, url("newer"), Map.of())) {
            service.await("/q/health/ready", 200);
        }
        execute("newer", "alter table users rename column age to years");
        try (var service = new Service(folder, url("newer"), Map.of())) {
            service.await("/q/health/live", 200);
            assertThat(
                    plain(service).getFirst(),
                    startsWith(
                            "Byline waits for its schema. The schema is not the one that this version needs. Migrate it:"));
            assertThat(plain(service).getFirst(), endsWith(" (missing column [age] in table [users])"));
            assertEquals(503, service.get("/q/health/ready").statusCode());
        }
    }

    @Test
    void saysWhatItWaitsForWhereAnotherProcessMigrates() throws Exception {
        var settings = Map.of("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false", USER, "nobody");
        try (var service = new Service(folder, postgres.url(), settings)) {
            service.await("/q/health/live", 200);
            assertThat(
                    plain(service).getFirst(),
                    containsString("The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME"));
        }
    }

    private static String url(String database) {
        return postgres.url().replaceFirst("postgres$", database);
    }

    private static void execute(String database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(database), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
