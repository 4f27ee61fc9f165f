package dev.byline;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server of a test's own, as real processes: it can be stopped, killed, started again, copied into a hot
/// standby and promoted. Its database `postgres` has a user `postgres` who needs no password.
public final class Postgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final int port = freePort();
    private EmbeddedPostgres server;

    /// @param folder where it keeps its data, which is not removed
    public Postgres(Path folder) throws IOException {
        data = Files.createTempDirectory(folder, "primary").resolve("data");
        start();
    }

    private Postgres(Path data, List<String> settings) throws IOException {
        this.data = data;
        Files.write(data.resolve("postgresql.auto.conf"), settings, StandardOpenOption.APPEND);
        Files.createFile(data.resolve("standby.signal"));
        start();
    }

    /// Starts the server again, with the data and the port that it had.
    public void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                // Its own default would lose at a kill what it has acknowledged.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("unix_socket_directories", "") // a killed server would leave its socket behind
                // A standby that is away for the length of a test finds what it has missed.
                .setServerConfig("wal_keep_size", "64MB")
                .start();
    }

    /// Ends the server as an operator does: connections are cut, what is committed is on disk.
    public void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /// Ends the server as a crash does.
    public void kill() throws IOException {
        var postmaster = ProcessHandle.of(pid()).orElseThrow();
        var processes = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(
                process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        stop();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    }

    /// A hot standby that streams from this server, made from a copy of its files; the server restarts for that.
    public Postgres standby() throws IOException {
        stop();
        var copy = Files.createTempDirectory(data.getParent().getParent(), "standby")
                .resolve("data");
        run("cp", "-a", data.toString(), copy.toString());
        start();
        return new Postgres(copy, List.of("primary_conninfo = 'host=localhost port=" + port + " user=postgres'"));
    }

    /// Makes a standby a primary.
    public void promote() throws SQLException {
        execute("select pg_promote()");
    }

    public int port() {
        return port;
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
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
