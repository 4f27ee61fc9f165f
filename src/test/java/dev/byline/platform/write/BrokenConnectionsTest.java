package dev.byline.platform.write;

import static dev.byline.Api.json;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.OnlyOn;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The database's side of what {@link IdempotencyTest} does to clients: connections to it are cut at moments that the
/// seed chooses, commits included. Whoever asks again with the same key has one row in the end.
@OnlyOn(value = POSTGRESQL, because = "connections to a server, which can be cut")
@QuarkusTest
class BrokenConnectionsTest {

    private static final int WRITERS = 4;
    private static final int KEYS_OF_EACH = 10;

    @Inject
    AgroalDataSource dataSource;

    private final String name = UUID.randomUUID().toString();

    /// Else the next test is lent one that was cut: the pool tries those that were idle for a second.
    @AfterEach
    void letThePoolTryItsConnections() throws InterruptedException {
        Thread.sleep(1_500);
    }

    @Test
    void storesOneRowAKeyHoweverOftenTheDatabasesConnectionsBreak() throws Exception {
        long user = Given.user();
        var isOver = new AtomicBoolean();
        // Not to be cut, and not lent by the pool, which may lend one that has just been.
        var connection = dataSource.getConnection();
        try (var threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            var killer = threads.submit(() -> kill(connection, isOver));
            var writers = new ArrayList<Callable<Void>>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(() -> write(user, writer));
            }
            for (var writer : threads.invokeAll(writers)) {
                writer.get();
            }
            isOver.set(true);
            assertTrue(killer.get() > 0, "connections were cut");
        }
        try (connection;
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*), count(distinct title) from posts where user_id = " + user)) {
            rows.next();
            assertEquals(WRITERS * KEYS_OF_EACH, rows.getInt(1));
            assertEquals(WRITERS * KEYS_OF_EACH, rows.getInt(2));
        }
    }

    private Void write(long user, int writer) throws InterruptedException {
        for (int i = 0; i < KEYS_OF_EACH; i++) {
            var key = name + "-" + writer + "-" + i;
            int status = 0;
            for (int tries = 0; status != 201; tries++) {
                assertTrue(tries < 200, "no answer to " + key);
                status = json(Map.of("title", key, "content", "x", "userId", user))
                        .header("Idempotency-Key", key)
                        .post("/posts")
                        .statusCode();
                assertTrue(status == 201 || status == 503 || status == 409, "status " + status);
                Thread.sleep(status == 201 ? 0 : 20);
            }
        }
        return null;
    }

    /// Ends one server process at a time that is in the middle of something.
    private static int kill(Connection connection, AtomicBoolean isOver) throws InterruptedException, SQLException {
        var random = new Random(20261122);
        int killed = 0;
        while (!isOver.get()) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(pg_terminate_backend(pid)) from ("
                            + " select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'"
                            + " and state <> 'idle' limit 1)")) {
                rows.next();
                killed += rows.getInt(1);
            }
            Thread.sleep(random.nextInt(40));
        }
        return killed;
    }
}
