package dev.byline.platform.replica;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.OnlyOn;
import dev.byline.Postgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a real primary and a real hot standby.
@OnlyOn(value = POSTGRESQL, because = "reads from a hot standby, which only PostgreSQL has")
@QuarkusTest
@WithTestResource(PrimaryAndStandby.class)
public class ReplicaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READERS = 4;

    Postgres primary;
    Postgres standby;

    @BeforeEach
    void untilReadsGoToTheReplica() {
        await(() -> isReplica(request().get("/users?limit=1")), "reads go to the replica");
    }

    @Test
    void theReplicaAnswersReadsAndThePrimaryWrites() {
        long user = Given.user();
        for (var path :
                new String[] {"/posts", "/users/0", "/users?embed=posts&limit=1", "/users/" + user + "/posts"}) {
            await(() -> isReplica(request().get(path)), "the replica answers GET " + path);
            await(() -> isReplica(request().head(path)), "the replica answers HEAD " + path);
        }
        assertFalse(isReplica(json(Map.of("age", 40)).patch("/users/" + user)));
        assertFalse(isReplica(request().delete("/users/" + user)));
        assertFalse(isReplica(request().get("/problems")));
    }

    @Test
    void aWriteIsReadWithItsToken() {
        for (int i = 0; i < 10; i++) {
            var written = json(Map.of("name", "Ada")).post("/users");
            written.then().statusCode(201).header("Consistency-Token", matchesPattern("[0-9a-f]{8}-[0-9a-f]{16}"));
            reading(token(written)).get(written.header("Location")).then().statusCode(200);
            var changed = json(Map.of("name", "Eve")).patch(written.header("Location"));
            reading(token(changed))
                    .get(written.header("Location"))
                    .then()
                    .statusCode(200)
                    .body("name", is("Eve"));
            var deleted = request().delete(written.header("Location"));
            reading(token(deleted)).get(written.header("Location")).then().statusCode(404);
        }
    }

    @Test
    void aWriteCostsOneStatementMore() {
        json(Map.of("age", 40))
                .patch("/users/" + Given.user())
                .then()
                .statusCode(200)
                .header("Server-Timing", containsString("\"3 statements\""));
    }

    @Test
    void theReplicaAnswersATokenOnceItHasReplayedSoFar() {
        var written = json(Map.of("name", "Ada")).post("/users");
        await(
                () -> isReplica(reading(token(written)).get(written.header("Location"))),
                "the replica has replayed the write");
        reading(token(written)).get(written.header("Location")).then().statusCode(200);
    }

    @Test
    void whatTheReplicaHasNotReplayedIsReadFromThePrimary() throws Exception {
        var earlier = json(Map.of("name", "Ada")).post("/users");
        await(
                () -> isReplica(reading(token(earlier)).get(earlier.header("Location"))),
                "the replica has replayed the earlier write");
        standby.execute("select pg_wal_replay_pause()");
        try {
            await(() -> "paused".equals(stateOfReplay()), "replay is paused");
            var later = json(Map.of("name", "Eve")).post("/users");
            var withToken = reading(token(later)).get(later.header("Location"));
            withToken.then().statusCode(200);
            assertFalse(isReplica(withToken));
            var head = reading(token(later)).head(later.header("Location"));
            head.then().statusCode(200);
            assertFalse(isReplica(head));
            // Within the bound a read without the token, or with an earlier one, sees what was there before.
            await(() -> isStale(request().get(later.header("Location"))), "a stale read");
            await(() -> isStale(reading(token(earlier)).get(later.header("Location"))), "one with an earlier token");

            // Further behind than the bound, the replica is of no use to anybody.
            await(() -> !isReplica(request().get("/users?limit=1")), "the replica is left out");
            request().get(later.header("Location")).then().statusCode(200);
            operator().get("/q/health/ready").then().statusCode(200);
        } finally {
            standby.execute("select pg_wal_replay_resume()");
        }
        untilReadsGoToTheReplica();
    }

    @Test
    void noReadFailsWhenTheReplicaIsKilledAndItComesBackByItself() throws Exception {
        long user = Given.user();
        await(
                () -> isReplica(request().get("/users/" + user))
                        && request().get("/users/" + user).statusCode() == 200,
                "the replica has the user");
        var over = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(READERS)) {
            var readers = IntStream.range(0, READERS)
                    .mapToObj(reader -> threads.submit(() -> readUntil(over, user)))
                    .toList();
            try {
                standby.kill();
                await(() -> !isReplica(request().get("/users/" + user)), "reads go to the primary");
                operator().get("/q/health/ready").then().statusCode(200);
                json(Map.of("age", 40)).patch("/users/" + user).then().statusCode(200);
            } finally {
                standby.start();
                untilReadsGoToTheReplica();
                over.set(true);
            }
            for (var reader : readers) {
                reader.get();
            }
        }
    }

    private static void readUntil(AtomicBoolean over, long user) {
        while (!over.get()) {
            request().get("/users/" + user).then().statusCode(200);
        }
    }

    @Test
    void thePrimaryAnswersWhatTheReplicaCutsShort() throws Exception {
        long user = Given.user();
        await(
                () -> isReplica(request().get("/users/" + user))
                        && request().get("/users/" + user).statusCode() == 200,
                "the replica has the user");
        double before = metric("byline_replica_fallbacks_total");
        await(
                () -> {
                    endPooledConnections();
                    request().get("/users/" + user).then().statusCode(200);
                    return metric("byline_replica_fallbacks_total") > before;
                },
                "a read falls back to the primary");
    }

    private void endPooledConnections() {
        try {
            standby.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                    + " and backend_type = 'client backend' and application_name not like '%-watch'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesWhatIsNoToken() {
        for (var garbage : new String[] {"x", "", "00000001", "00000001-000000000000000g", "0".repeat(10_000)}) {
            reading(garbage)
                    .get("/users")
                    .then()
                    .statusCode(400)
                    .body("type", is("/problems/parameter"))
                    .body("errors[0].parameter", is("Consistency-Token"))
                    .body("errors[0].code", is("format"));
        }
    }

    @Test
    void tellsWhereReadsWentAndHowFarTheReplicaIs() {
        double before = metric("byline_reads_total{server=\"replica\"");
        untilReadsGoToTheReplica();
        assertTrue(metric("byline_reads_total{server=\"replica\"") > before);
        await(() -> metric("byline_replica_usable") == 1, "the replica is called usable");
        await(() -> metric("byline_replica_lag_seconds") < 10, "the lag is below its bound");
    }

    private static boolean isStale(Response answer) {
        return isReplica(answer) && answer.statusCode() == 404;
    }

    private static boolean isReplica(Response answer) {
        return answer.header("Server-Timing").endsWith(", replica");
    }

    private static String token(Response written) {
        return written.header("Consistency-Token");
    }

    private static RequestSpecification reading(String token) {
        return request().header("Consistency-Token", token);
    }

    private String stateOfReplay() {
        try (var connection = standby.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_get_wal_replay_pause_state()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static double metric(String name) {
        return operator()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void await(BooleanSupplier condition, String what) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(deadline), "not within a minute: " + what);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
