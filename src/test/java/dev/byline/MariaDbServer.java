package dev.byline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A MariaDB server of a test's own, on a folder and a port of its own, with a database and a user of the same name.
public final class MariaDbServer implements AutoCloseable {

    static final String NAME = "byline";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = freePort();
    private Process process;

    /// @param parent where it keeps its folder, which is not removed
    public MariaDbServer(Path parent) throws IOException {
        folder = Files.createTempDirectory(parent, "mariadb");
        run("mariadb-install-db", "--no-defaults", "--datadir=" + data(), user(), "--skip-test-db");
        Files.writeString(folder.resolve("init.sql"), """
                create database if not exists %1$s;
                create user if not exists %1$s@'127.0.0.1' identified by '%1$s';
                grant all on %1$s.* to %1$s@'127.0.0.1';
                """.formatted(NAME));
        start();
    }

    /// Starts the server again, with the data and the port that it had.
    public void start() throws IOException {
        process = new ProcessBuilder(
                        "mariadbd",
                        "--no-defaults",
                        "--datadir=" + data(),
                        "--socket=" + folder.resolve("socket"),
                        "--pid-file=" + folder.resolve("pid"),
                        "--init-file=" + folder.resolve("init.sql"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--skip-name-resolve",
                        user())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        var deadline = Instant.now().plus(PATIENCE);
        while (!answers()) {
            assertTrue(
                    Instant.now().isBefore(deadline) && process.isAlive(),
                    () -> "MariaDB does not start: " + folder.resolve("server.log"));
        }
    }

    private boolean answers() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            sleep();
            return false;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Ends the server as an operator does.
    public void stop() {
        end(process.toHandle()::destroy);
    }

    /// Ends the server as a crash does.
    public void kill() {
        end(process.toHandle()::destroyForcibly);
    }

    private void end(Runnable signal) {
        signal.run();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + NAME;
    }

    /// What a service under test is told.
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", url(),
                "quarkus.datasource.username", NAME,
                "quarkus.datasource.password", NAME);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), NAME, NAME);
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String user() {
        return "--user=" + System.getProperty("user.name");
    }

    private static void run(String... command) throws IOException {
        try {
            var process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes());
            assertTrue(process.waitFor() == 0, output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (IOException e) {
            throw new IOException("The tests of this build need a MariaDB server: apt-get install mariadb-server", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
