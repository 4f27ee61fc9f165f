package dev.byline;

import static dev.byline.OnlyOn.Database.MARIADB;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the package fails with MariaDB, and recovers.
@OnlyOn(value = MARIADB, because = "a MariaDB server that is locked, killed and started again")
class MariaDbIT {

    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";

    @TempDir
    static Path folder;

    private static MariaDbServer server;
    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        server = new MariaDbServer(folder);
        service = new Service(folder, server.url(), signIn());
        service.await(Service.READY, 200);
    }

    @AfterAll
    static void end() {
        service.close();
        server.close();
    }

    private static Map<String, String> signIn() {
        return Map.of(
                "QUARKUS_DATASOURCE_USERNAME",
                MariaDbServer.NAME,
                PASSWORD,
                MariaDbServer.NAME,
                "QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT",
                "5s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                PASSWORD
                        + " | wrong | The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.",
                URL
                        + " | jdbc:mariadb://127.0.0.1:%d/nowhere | The database refuses the user. Create the database that QUARKUS_DATASOURCE_JDBC_URL names",
                URL
                        + " | jdbc:mariadb://127.0.0.1:1/byline | The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.",
                URL + " | jdbc:postgresql://127.0.0.1/byline | QUARKUS_DATASOURCE_JDBC_URL is no address of MariaDB."
            })
    void saysInOneLineWhyItDoesNotStart(String setting, String value, String reason) throws Exception {
        var settings = new HashMap<>(signIn());
        settings.put(setting, value.formatted(server.port()));
        try (var other = new Service(folder, server.url(), settings)) {
            assertEquals(1, other.exitStatus(), other.log());
            var plain =
                    other.log().lines().filter(line -> !line.startsWith("{")).toList();
            assertEquals(1, plain.size(), other.log());
            assertThat(plain.getFirst(), startsWith("Byline did not start. " + reason));
        }
    }

    @Test
    void answers503WhileTheDatabaseIsAwayAndLosesNothingThatItHasAcknowledged() throws Exception {
        var path = created("/users", "{\"name\":\"Ada\"}");
        server.kill();
        assertEquals(503, service.get(path).statusCode());
        assertEquals(503, service.post("/users", "{\"name\":\"Bob\"}").statusCode());
        server.start();
        service.await(path, 200);
        assertThat(service.get(path).body(), containsString("\"Ada\""));
        created("/users", "{\"name\":\"Cy\"}");
    }

    /// The other transaction has written more, so InnoDB ends that of the service.
    @Test
    void retriesATransactionThatADeadlockHasEnded() throws Exception {
        var user = created("/users", "{\"name\":\"Ada\"}");
        var first = created(user + "/posts", "{\"title\":\"First\",\"content\":\"\"}");
        var second = created(user + "/posts", "{\"title\":\"Second\",\"content\":\"\"}");
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("insert into users (id, name) select -seq, 'Other' from seq_1_to_1000");
            statement.executeUpdate("update posts set version = version where id = " + id(second));
            var write = CompletableFuture.supplyAsync(() -> patchBoth(first, second));
            awaitLockWait();
            statement.executeUpdate("update posts set version = version where id = " + id(first));
            connection.rollback();
            assertEquals("200 {\"affected\":2}", write.get(20, TimeUnit.SECONDS));
        }
    }

    private static String patchBoth(String first, String second) {
        try {
            var answer = service.send(
                    "PATCH",
                    "/posts?id=" + id(first) + "&id=" + id(second),
                    Service.JSON,
                    BodyPublishers.ofString("{\"title\":\"Both\"}"));
            return answer.statusCode() + " " + answer.body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLockWait() throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            for (int i = 0; i < 200; i++) {
                try (var waits = statement.executeQuery("show status like 'Innodb_row_lock_current_waits'")) {
                    waits.next();
                    if (waits.getInt(2) > 0) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
        }
        throw new AssertionError("No transaction waits for a lock");
    }

    @Test
    void answers503WhenAnotherTransactionHoldsTheRowForTooLong() throws Exception {
        var path = created("/users", "{\"name\":\"Ada\"}");
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("select id from users where id = " + id(path) + " for update");
            var answer = service.send("PATCH", path, Service.JSON, BodyPublishers.ofString("{\"name\":\"Bob\"}"));
            assertEquals(503, answer.statusCode());
            assertThat(answer.body(), containsString("Other writers hold the row"));
            connection.rollback();
        }
    }

    @Test
    void warnsOfTextsWithAnotherCollation() throws Exception {
        server.execute("alter table users modify name varchar(100) collate utf8mb4_general_ci not null");
        try (var other = new Service(folder, server.url(), signIn())) {
            other.await(Service.READY, 200);
            other.awaitReadiness(containsString("Convert the columns to utf8mb4_nopad_bin"));
        } finally {
            server.execute("alter table users modify name varchar(100) collate utf8mb4_nopad_bin not null");
        }
    }

    /// @return its path
    private static String created(String path, String json) throws Exception {
        var answer = service.post(path, json);
        assertEquals(201, answer.statusCode(), answer.body());
        var location = answer.headers().firstValue("Location").orElseThrow();
        assertTrue(location.matches("/\\w+/\\d+"), location);
        return location;
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
