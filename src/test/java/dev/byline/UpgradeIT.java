package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An update of a database whose schema is older: new processes wait for the migration, and the older version, by the
/// statements that it is known to send, works before, meanwhile and after.
@OnlyOn(value = POSTGRESQL, because = "the statements of older releases, which had only PostgreSQL")
class UpgradeIT {

    private static final int OLDER = 11; // change sets, before file 007: the schema of the oldest file in RELEASES
    private static final Path RELEASES = Path.of("src/test/resources/releases");

    @TempDir
    Path folder;

    private volatile boolean stopped;

    @Test
    void bothVersionsServeWhileTheSchemaChanges() throws Exception {
        try (var postgres = new Postgres(folder);
                var threads = Executors.newSingleThreadExecutor()) {
            migrateToTheOlderSchema(postgres);
            var older = threads.submit(() -> serveAsTheOlderVersion(postgres));
            var pod = Map.of("QUARKUS_LIQUIBASE_MIGRATE_AT_START", "false");
            try (var one = new Service(folder, postgres.url(), pod);
                    var two = new Service(folder, postgres.url(), pod)) {
                one.await("/q/health/live", 200);
                assertEquals(503, one.get("/q/health/started").statusCode());
                assertThat(
                        one.get("/q/health/ready").body(),
                        containsString("The schema is not the one that this version needs"));

                var job = Map.of("QUARKUS_INIT_AND_EXIT", "true");
                try (var migration = new Service(folder, postgres.url(), job)) {
                    assertEquals(0, migration.exitStatus(), migration.log());
                }
                for (var service : List.of(one, two)) {
                    service.await("/q/health/started", 200);
                    try (var writers = Writers.ofReady(service)) {
                        writers.assertNothingIsLost();
                    }
                }
            } finally {
                stopped = true;
            }
            assertTrue(rounds(older) > 10, "the older version has hardly worked");
        }
    }

    private static int rounds(Future<Integer> older) throws Exception {
        return older.get(60, TimeUnit.SECONDS); // fails with what the database refused
    }

    private static void migrateToTheOlderSchema(Postgres postgres) throws SQLException, LiquibaseException {
        try (var connection = postgres.connect()) {
            var changeLog = new ClassLoaderResourceAccessor();
            new Liquibase("db/changelog.yaml", changeLog, new JdbcConnection(connection)).update(OLDER, "");
        }
    }

    /// @return how often it has sent all of its statements
    private int serveAsTheOlderVersion(Postgres postgres) throws SQLException, IOException, InterruptedException {
        var statements = new ArrayList<String>();
        try (var files = Files.list(RELEASES)) {
            for (var file : files.sorted().toList()) {
                statements.addAll(List.of(Files.readString(file).split(";\\s*\\n")));
            }
        }
        int rounds = 0;
        try (var connection = postgres.connect();
                var statement = connection.createStatement()) {
            while (!stopped) {
                for (var sql : statements) {
                    statement.execute(sql);
                }
                rounds++;
                Thread.sleep(50);
            }
        }
        return rounds;
    }
}
