package dev.byline;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A PgBouncer in transaction mode, as a real process, with the settings of `docker/pgbouncer`.
final class PgBouncer implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("PgBouncer 1\\.(\\d+)");

    /// The first that keeps prepared statements for its clients.
    private static final int KEEPS_STATEMENTS = 21;

    private final Path own;
    private final Process process;
    private final int port;
    private final boolean keepsStatements;

    PgBouncer(int serverPort) throws IOException, InterruptedException {
        this(serverPort, "max_client_conn = 300\nignore_startup_parameters = extra_float_digits,options");
    }

    /// @param settings the lines that a deployment can get wrong
    PgBouncer(int serverPort, String settings) throws IOException, InterruptedException {
        var program = program().orElseThrow();
        keepsStatements = version(program) >= KEEPS_STATEMENTS;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        // PgBouncer does not run as root, and whom it runs as must be able to read this.
        var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
        own = Files.createTempDirectory(Path.of("/tmp"), "pgbouncer", readable);
        var users = Files.writeString(own.resolve("users.txt"), "\"byline_app\" \"\"\n");
        var ini = Files.writeString(own.resolve("pgbouncer.ini"), """
                [databases]
                byline = host=127.0.0.1 port=%d dbname=byline
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 8
                query_wait_timeout = 3
                %s
                %s
                """.formatted(
                        serverPort, port, users, settings, keepsStatements ? "max_prepared_statements = 200" : ""));
        var command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(ini.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile())
                .start();
        awaitListening();
    }

    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int version(Path program) throws IOException {
        var version = new ProcessBuilder(program.toString(), "--version").start();
        var output = VERSION.matcher(new String(version.getInputStream().readAllBytes()));
        if (!output.find()) {
            throw new IOException(program + " does not tell its version");
        }
        return Integer.parseInt(output.group(1));
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            try {
                new Socket("localhost", port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IOException("PgBouncer does not listen");
    }

    /// The driver must not name its statements where nobody keeps them from one transaction to the next.
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/byline" + (keepsStatements ? "" : "?prepareThreshold=0");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        for (var file : List.of("users.txt", "pgbouncer.ini", "log", "")) {
            Files.delete(own.resolve(file));
        }
    }
}
