package dev.byline;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The table of wrong deployments in `k8s/README.md`: each row is a mistake that this test makes, with real processes.
/// The log says the line of the row once, and readiness the same.
class WrongDeploymentIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| `([^`|]+)` \\| (ends|waits|serves) \\|$");

    /// What stands before the sentence that readiness has too.
    private static final String WAITS = "Byline waits for its schema. ";

    private static final String USER = "QUARKUS_DATASOURCE_USERNAME";
    private static final String PASSWORD = "QUARKUS_DATASOURCE_PASSWORD";
    private static final String ADA = "{\"name\":\"Ada\"}";

    /// As the pods of the service: a Job migrates.
    private static final Map<String, String> POD = Map.of("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false");

    @TempDir
    static Path folder;

    private static Postgres postgres;

    private interface Mistake {
        void make(Row row) throws Exception;
    }

    /// @param line what the log says; `…` stands for what differs from machine to machine
    /// @param then whether the process ends, waits or serves
    private record Row(String line, String then) {

        void assertSaidBy(Service service) throws Exception {
            if (then.equals("ends")) {
                assertEquals(1, service.exitStatus(), service.log());
                assertTrue(says(service.log().lines().toList().getLast()), service.log());
            } else {
                var sentence = line.startsWith(WAITS) ? line.substring(WAITS.length()) : line;
                service.await(Service.READY, then.equals("waits") ? 503 : 200);
                service.awaitReadiness(containsString(sentence));
                assertEquals(
                        then.equals("waits") ? 503 : 200,
                        service.get(Service.READY).statusCode());
            }
            assertEquals(1, service.log().lines().filter(this::says).count(), service.log());
        }

        /// The line, and behind it in brackets what was found.
        private boolean says(String logged) {
            return Pattern.compile(Pattern.quote(line).replace("…", "\\E.*\\Q") + "( \\(.*\\))?")
                    .matcher(message(logged))
                    .matches();
        }

        private static String message(String logged) {
            try {
                return logged.startsWith("{")
                        ? new ObjectMapper().readTree(logged).path("message").asText()
                        : logged;
            } catch (JsonProcessingException e) {
                throw new AssertionError(logged, e);
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = new Postgres(folder);
        try (var migration = new Service(folder, database("migrated"), Map.of("QUARKUS_INIT_AND_EXIT", "true"))) {
            assertEquals(0, migration.exitStatus(), migration.log());
        }
    }

    @AfterAll
    static void end() throws Exception {
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> theLogAndReadinessSayWhatTheTableSays() throws IOException {
        var mistakes = mistakes();
        return rows().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(), () -> mistakes.get(row.getKey()).make(row.getValue())));
    }

    @Test
    void everyRowIsTestedAndEveryTestHasARow() throws IOException {
        assertEquals(rows().keySet(), mistakes().keySet());
    }

    private static Map<String, Row> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("k8s/README.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> new Row(row.group(2), row.group(3)),
                        (one, other) -> {
                            throw new AssertionError("two rows have the same name");
                        },
                        LinkedHashMap::new));
    }

    private static Map<String, Mistake> mistakes() {
        var mistakes = new HashMap<String, Mistake>();
        mistakes.put("no database is set", row -> isSaid(row, "", Map.of()));
        mistakes.put(
                "the address of the database is wrong", row -> isSaid(row, "jdbc:postgresql://localhost:1/x", POD));
        mistakes.put("the name of the database is wrong", row -> isSaid(row, url("nowhere"), POD));
        mistakes.put("wrong password", row -> {
            demandPasswordOf("pod");
            isSaid(row, url("migrated"), with(POD, USER, "pod", PASSWORD, "wrong"));
        });
        mistakes.put("wrong password of the migration", row -> {
            demandPasswordOf("job");
            isSaid(row, url("migrated"), Map.of(USER, "job", PASSWORD, "wrong", "QUARKUS_INIT_AND_EXIT", "true"));
        });
        mistakes.put("the secret has no password", row -> {
            demandPasswordOf("forgotten");
            isSaid(row, url("migrated"), with(POD, USER, "forgotten", PASSWORD, ""));
        });
        mistakes.put("the user has no rights (`roles.sql` was not run)", row -> {
            postgres.execute("create role reader login");
            isSaid(row, url("migrated"), with(POD, USER, "reader"));
        });
        mistakes.put(
                "the pooler refuses the options of the driver",
                row -> throughPooler("max_client_conn = 300", row::assertSaidBy));
        mistakes.put(
                "the pool is larger than the pooler",
                row -> throughPooler(
                        "max_client_conn = 3\nignore_startup_parameters = extra_float_digits,options", service -> {
                            service.await(Service.READY, 200);
                            fillPool(service, "byline");
                            row.assertSaidBy(service);
                        }));
        mistakes.put(
                "the pools of all processes are larger than the database",
                row -> isSaid(row, url("migrated"), with(POD, "BYLINE_DATABASE_PROCESSES", "50")));
        mistakes.put("the schema is too old", row -> isSaid(row, database("empty"), POD));
        mistakes.put("the schema is newer", row -> {
            var url = copy("newer");
            execute("newer", "alter table users drop column age");
            execute("newer", """
                    insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
                    values ('900-newer', 'byline', 'db/900-newer.sql', now(), 900, 'EXECUTED')""");
            isSaid(row, url, Map.of());
        });
        mistakes.put("the database is read-only", row -> {
            var url = copy("readonly");
            postgres.execute("alter database readonly set default_transaction_read_only = on");
            isSaid(row, url, POD);
        });
        mistakes.put("the database becomes read-only", row -> {
            var url = copy("demoted");
            try (var service = new Service(folder, url, POD)) {
                service.await(Service.READY, 200);
                postgres.execute("alter database demoted set default_transaction_read_only = on");
                postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'demoted'");
                row.assertSaidBy(service);
            }
        });
        mistakes.put("the database goes away", row -> {
            try (var other = new Postgres(folder);
                    var service = new Service(folder, other.url(), Map.of())) {
                service.await(Service.READY, 200);
                other.stop();
                row.assertSaidBy(service);
                var answer = service.get("/users");
                assertEquals(503, answer.statusCode());
                assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            }
        });
        mistakes.put("the disk of the database is full", row -> {
            var url = copy("crowded");
            onSmallDisk("3m", disk -> {
                postgres.execute("create tablespace small location '" + disk + "'");
                execute("crowded", "alter table posts set tablespace small");
                try (var service = new Service(folder, url, POD)) {
                    service.await(Service.READY, 200);
                    assertEquals(201, service.post("/users", ADA).statusCode());
                    assertImportIsRefused(service);
                    row.assertSaidBy(service);
                }
                postgres.execute("drop database crowded with (force)");
                postgres.execute("drop tablespace small");
            });
        });
        mistakes.put(
                "the disk for imports is full",
                row -> onSmallDisk("1m", disk -> {
                    try (var service =
                            new Service(folder, url("migrated"), with(POD, "BYLINE_BULK_FOLDER", disk.toString()))) {
                        service.await(Service.READY, 200);
                        assertImportIsRefused(service);
                        row.assertSaidBy(service);
                    }
                }));
        mistakes.put(
                "the folder for imports is missing",
                row -> isSaid(row, url("migrated"), with(POD, "BYLINE_BULK_FOLDER", "/nowhere")));
        mistakes.put(
                "the URL of the replica is that of the primary",
                row -> isSaid(row, url("migrated"), replica(url("migrated"))));
        mistakes.put(
                "the address of the replica is wrong",
                row -> isSaid(row, url("migrated"), replica("jdbc:postgresql://localhost:1/x")));
        mistakes.put(
                "no issuer of tokens is set",
                row -> isSaid(row, url("migrated"), with(POD, "QUARKUS_OIDC_PUBLIC_KEY", "")));
        mistakes.put("the issuer cannot be reached", row -> {
            var settings = with(
                    POD, "QUARKUS_OIDC_PUBLIC_KEY", "", "QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:1/realms/x");
            isSaid(row, url("migrated"), settings);
        });
        mistakes.put("a clock is off by an hour", row -> {
            var url = copy("late");
            execute("late", """
                    create function public.clock_timestamp() returns timestamptz language sql
                    as 'select pg_catalog.clock_timestamp() - interval ''1 hour'''""");
            postgres.execute("alter database late set search_path = public, pg_catalog");
            isSaid(row, url, POD);
        });
        mistakes.put("the memory limit is too small for the heap", row -> {
            var limit = "mount -t tmpfs tmpfs /sys/fs/cgroup && echo 67108864 >/sys/fs/cgroup/memory.max";
            assumeTrue(works("unshare", "--mount", "sh", "-c", limit), "Only root can make a container's file.");
            var launcher = List.of("unshare", "--mount", "sh", "-c", limit + " && exec \"$0\" \"$@\"");
            try (var service = new Service(folder, url("migrated"), POD, List.of("-Xmx128m"), launcher)) {
                row.assertSaidBy(service);
            }
        });
        mistakes.put("the port is taken", row -> {
            try (var other = new ServerSocket(0)) {
                isSaid(row, url("migrated"), with(POD, "QUARKUS_HTTP_PORT", String.valueOf(other.getLocalPort())));
            }
        });
        mistakes.put(
                "a value cannot be read",
                row -> isSaid(row, url("migrated"), Map.of("BYLINE_HTTP_MAX_RUNNING", "many")));
        return mistakes;
    }

    private static void isSaid(Row row, String url, Map<String, String> settings) throws Exception {
        try (var service = new Service(folder, url, settings)) {
            row.assertSaidBy(service);
        }
    }

    private static Map<String, String> with(Map<String, String> settings, String... more) {
        var all = new HashMap<>(settings);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, String> replica(String url) {
        return with(
                POD,
                "QUARKUS_DATASOURCE_REPLICA_JDBC_URL",
                url,
                "QUARKUS_DATASOURCE_REPLICA_USERNAME",
                "postgres",
                "QUARKUS_DATASOURCE_REPLICA_PASSWORD",
                "postgres");
    }

    private static void demandPasswordOf(String role) throws Exception {
        postgres.execute("create role " + role + " login password 'right'");
        try (var connection = postgres.connect();
                var rules = connection.createStatement().executeQuery("show hba_file")) {
            rules.next();
            var file = Path.of(rules.getString(1));
            Files.writeString(file, "host all " + role + " all scram-sha-256\n" + Files.readString(file));
        }
        postgres.execute("select pg_reload_conf()");
    }

    private interface Use<T> {
        void of(T it) throws Exception;
    }

    /// A service behind PgBouncer, whose one user is `byline_app`.
    private static void throughPooler(String settings, Use<Service> use) throws Exception {
        assumeTrue(PgBouncer.program().isPresent(), "PgBouncer is not installed");
        if (!exists("byline")) {
            copy("byline");
            postgres.execute("create role byline_app login superuser");
        }
        try (var pooler = new PgBouncer(postgres.port(), settings);
                var service = new Service(folder, pooler.url(), with(POD, USER, "byline_app"))) {
            use.of(service);
        }
    }

    /// More writes than the pooler has connections: each waits for a lock that the test holds.
    private static void fillPool(Service service, String database) throws Exception {
        try (var holder = DriverManager.getConnection(url(database), "postgres", "");
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table users in share mode");
            for (int client = 0; client < 8; client++) {
                clients.submit(() -> service.post("/users", ADA));
            }
            Thread.sleep(1000);
            holder.rollback();
        }
    }

    private static void assertImportIsRefused(Service service) throws IOException, InterruptedException {
        var rows = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> "{\"title\":\"%d %s\",\"content\":\"x\",\"userId\":1}\n".formatted(i, "x".repeat(150)))
                .collect(Collectors.joining());
        var answer = service.send("POST", "/posts", "application/x-ndjson", BodyPublishers.ofString(rows));
        assertEquals(503, answer.statusCode(), answer.body());
    }

    private static void onSmallDisk(String size, Use<Path> use) throws Exception {
        var disk = Files.createTempDirectory(folder, "disk");
        assumeTrue(
                works("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + size, "tmpfs", disk.toString()),
                "Only root can mount a small disk.");
        try {
            use.of(disk);
        } finally {
            assertTrue(works("umount", "-l", disk.toString()));
        }
    }

    private static boolean works(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static boolean exists(String database) throws SQLException {
        try (var connection = postgres.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select from pg_database where datname = '" + database + "'")) {
            return rows.next();
        }
    }

    private static String database(String name) throws SQLException {
        postgres.execute("create database " + name);
        return url(name);
    }

    private static String copy(String name) throws SQLException {
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'migrated'");
        postgres.execute("create database " + name + " template migrated");
        return url(name);
    }

    private static String url(String database) {
        return postgres.url().replaceFirst("postgres$", database);
    }

    private static void execute(String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(database), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
