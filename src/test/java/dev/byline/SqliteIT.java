package dev.byline;

import static dev.byline.OnlyOn.Database.SQLITE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the one file in which the service keeps everything.
@OnlyOn(value = SQLITE, because = "a database in a file")
class SqliteIT {

    private static final String USER = "{\"name\":\"Ada\"}";
    private static final int ROWS = 2000;

    @TempDir
    Path folder;

    private final Set<Long> users = ConcurrentHashMap.newKeySet();
    private final Set<String> imports = ConcurrentHashMap.newKeySet();

    @Test
    void losesNothingThatItHasAcknowledgedWhenItIsKilled() throws Exception {
        long first;
        try (var service = service("");
                var threads = Executors.newFixedThreadPool(2)) {
            service.await(Service.READY, 200);
            first = id(service.post("/users", USER).body());
            threads.submit(() -> createUsers(service));
            threads.submit(() -> importPosts(service, first));
            while (users.size() < 20 || imports.size() < 2) {
                Thread.sleep(20);
            }
            service.process().destroyForcibly();
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
        try (var service = service("")) {
            service.await(Service.READY, 200);
            assertEquals(201, service.post("/users", USER).statusCode());
        }
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var stored = new HashSet<Long>();
            try (var ids = statement.executeQuery("select id from users")) {
                while (ids.next()) {
                    stored.add(ids.getLong(1));
                }
            }
            assertTrue(stored.containsAll(users), users + " were acknowledged: " + stored);
            var whole = new HashSet<String>();
            try (var titles = statement.executeQuery("select title, count(*) from posts group by title")) {
                while (titles.next()) {
                    assertEquals(ROWS, titles.getInt(2), titles.getString(1));
                    whole.add(titles.getString(1));
                }
            }
            assertTrue(whole.containsAll(imports), imports + " were acknowledged: " + whole);
            try (var check = statement.executeQuery("pragma integrity_check")) {
                assertEquals("ok", check.getString(1));
            }
        }
    }

    private Void createUsers(Service service) throws InterruptedException {
        try {
            while (true) {
                var answer = service.post("/users", USER);
                if (answer.statusCode() == 201) {
                    users.add(id(answer.body()));
                }
            }
        } catch (IOException killed) {
            return null;
        }
    }

    private Void importPosts(Service service, long user) throws InterruptedException {
        try {
            for (int i = 0; ; i++) {
                var title = "import " + i;
                var rows = "{\"title\":\"%s\",\"content\":\"x\",\"userId\":%d}\n"
                        .formatted(title, user)
                        .repeat(ROWS);
                var type = "application/x-ndjson";
                if (service.send("POST", "/posts", type, BodyPublishers.ofString(rows))
                                .statusCode()
                        == 200) {
                    imports.add(title);
                }
            }
        } catch (IOException killed) {
            return null;
        }
    }

    private static long id(String row) {
        return Long.parseLong(row.replaceFirst(".*?\"id\":(\\d+).*", "$1"));
    }

    @Test
    void readsButDoesNotWriteWhileAnotherProcessWrites() throws Exception {
        try (var service = service("")) {
            service.await(Service.READY, 200);
            try (var other = connect();
                    var statement = other.createStatement()) {
                statement.execute("begin immediate");
                assertUnavailable(service.post("/users", USER));
                assertEquals(200, service.get("/users").statusCode());
                statement.execute("commit");
            }
            assertEquals(201, service.post("/users", USER).statusCode());
        }
    }

    @Test
    void keepsServingReadsOnAFullDisk() throws Exception {
        try (var service = service("?max_page_count=120")) {
            service.await(Service.READY, 200);
            var user = "{\"name\":\"%s\"}".formatted("x".repeat(100));
            var answer = service.post("/users", user);
            for (int i = 0; answer.statusCode() == 201 && i < 10_000; i++) {
                answer = service.post("/users", user);
            }
            assertUnavailable(answer);
            assertUnavailable(service.post("/users", user));
            assertEquals(200, service.get("/users").statusCode());
            service.awaitReadiness(containsString("The disk of the database is full."));
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertFalse(answer.headers().firstValue("Retry-After").isEmpty());
    }

    @Test
    void copiesItsDatabaseWhileItServes() throws Exception {
        var copy = folder.resolve("copy.db");
        try (var service = service("")) {
            service.await(Service.READY, 200);
            assertEquals(201, service.post("/users", USER).statusCode());
            assertEquals(0, backUp(copy).waitFor());
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                var users = connection.createStatement().executeQuery("select name from users")) {
            assertEquals("Ada", users.getString(1));
        }
        var again = backUp(copy);
        var output = new String(again.getInputStream().readAllBytes());
        assertEquals(1, again.waitFor());
        assertThat(output, startsWith("There is no backup: "));
        assertThat(output.strip(), endsWith("(output file already exists)"));
    }

    private Process backUp(Path copy) throws IOException {
        return Packaged.start(Map.of("QUARKUS_DATASOURCE_JDBC_URL", url()), "backup", copy.toString());
    }

    @Test
    void saysThatTheFileIsNoDatabase() throws Exception {
        Files.writeString(folder.resolve("byline.db"), "This is a letter, not a database.".repeat(100));
        assertFails("", "The database file is none of SQLite. Correct QUARKUS_DATASOURCE_JDBC_URL.");
    }

    @Test
    void saysThatThereIsNoSuchFolder() throws Exception {
        try (var service = new Service(folder, "jdbc:sqlite:" + folder.resolve("nowhere/byline.db"), Map.of())) {
            assertEquals(1, service.exitStatus());
            assertThat(
                    service.log(),
                    containsString("Byline did not start. The database file cannot be opened. Give this"));
        }
    }

    @Test
    void saysThatAnotherProcessHasLockedTheFile() throws Exception {
        try (var other = connect();
                var statement = other.createStatement()) {
            statement.execute("begin exclusive");
            assertFails("", "Another process has locked the database. End it, then start again.");
        }
    }

    /// In the way of read-only file systems, which root cannot write either.
    @Test
    void saysThatTheFileMayNotBeWritten() throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create table anything (id integer)");
        }
        assertFails("?open_mode=1", "The database file cannot be written. Give this process the right");
    }

    private void assertFails(String parameters, String reason) throws Exception {
        try (var service = service(parameters)) {
            assertEquals(1, service.exitStatus(), service.log());
            assertThat(service.log(), containsString("Byline did not start. " + reason));
        }
    }

    private Service service(String parameters) throws IOException {
        return new Service(folder, url() + parameters, Map.of());
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("byline.db");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }
}
