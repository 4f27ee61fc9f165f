package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database goes and comes back, under writing clients: they are told to try again, the service recovers by itself
/// and nothing acknowledged is lost.
class OutageIT {

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
        postgres.start();
        writers.awaitMore(201, 50);
        service.await("/q/health/ready", 200);
        writers.assertNothingIsLost();
    }

    @Test
    void recoversFromADatabaseThatCannotBeReached() throws Exception {
        wire.lose();
        writers.awaitMore(503, 20);
        assertEquals(200, service.get("/q/health/live").statusCode());
        service.await("/q/health/ready", 503);
        wire.mend();
        writers.awaitMore(201, 50);
        service.await("/q/health/ready", 200);
        writers.assertNothingIsLost();
    }
}
