package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database goes and comes back, under writing clients: they are told to try again, the service recovers by itself
/// and nothing acknowledged is lost.
@OnlyOn(value = POSTGRESQL, because = "a PostgreSQL server that is killed and started again")
class OutageIT {

    private static final String AWAY =
            "The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.";

    @TempDir
    Path folder;

    private Postgres postgres;
    private Wire wire;
    private Service service;
    private Writers writers;

    @BeforeEach
    void start() throws Exception {
        postgres = new Postgres(folder);
        wire = new Wire(postgres.port());
        service = new Service(folder, wire.url(), Map.of());
        writers = Writers.ofReady(service);
    }

    @AfterEach
    void end() throws Exception {
        Writers.close(writers, service);
        wire.close();
        postgres.close();
    }

    @Test
    void recoversFromAKilledAndFromAStoppedDatabase() throws Exception {
        postgres.kill();
        writers.awaitMore(503, 20);
        assertEquals(200, service.get("/q/health/live").statusCode());
        postgres.start();
        writers.awaitMore(201, 50);

        postgres.stop();
        writers.awaitMore(503, 20);
        staysReadyAndSaysThatTheDatabaseIsAway();
        postgres.start();
        writers.awaitMore(201, 50);
        service.awaitReadiness(not(containsString(AWAY)));
        writers.assertNothingIsLost();
    }

    @Test
    void recoversFromADatabaseThatCannotBeReached() throws Exception {
        wire.lose();
        writers.awaitMore(503, 20);
        assertEquals(200, service.get("/q/health/live").statusCode());
        staysReadyAndSaysThatTheDatabaseIsAway();
        wire.mend();
        writers.awaitMore(201, 50);
        service.awaitReadiness(not(containsString(AWAY)));
        writers.assertNothingIsLost();
    }

    /// A Service without pods would refuse the connections of its clients. Readiness itself must not wait for the
    /// database: the probe of Kubernetes gives it two seconds.
    private void staysReadyAndSaysThatTheDatabaseIsAway() throws Exception {
        service.awaitReadiness(containsString(AWAY));
        for (int probes = 0; probes < 5; probes++) {
            var asked = Instant.now();
            var answer = service.get("/q/health/ready");
            assertTrue(Duration.between(asked, Instant.now()).toSeconds() < 2, "a slow answer");
            assertEquals(200, answer.statusCode());
            assertThat(answer.body(), containsString(AWAY));
            Thread.sleep(2000);
        }
    }
}
