package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database moves to its standby, under writing clients. The URL names both hosts; the standby is synchronous, so
/// that it has what was acknowledged.
@OnlyOn(value = POSTGRESQL, because = "a standby that becomes the primary")
class FailoverIT {

    @TempDir
    Path folder;

    private Postgres primary;
    private Postgres standby;
    private Service service;
    private Writers writers;

    @BeforeEach
    void start() throws Exception {
        primary = new Postgres(folder);
        standby = primary.standby();
        primary.execute("alter system set synchronous_standby_names = '*'");
        primary.execute("select pg_reload_conf()");
        var url = "jdbc:postgresql://localhost:%d,localhost:%d/postgres".formatted(primary.port(), standby.port());
        service = new Service(folder, url, Map.of());
        writers = Writers.ofReady(service);
    }

    @AfterEach
    void end() throws Exception {
        Writers.close(writers, service);
        standby.close();
        primary.close();
    }

    @Test
    void followsThePrimaryAfterACrash() throws Exception {
        primary.kill();
        writers.awaitMore(503, 20);
        standby.promote();
        writers.awaitMore(201, 50);
        writers.assertNothingIsLost();
    }

    /// Nothing breaks here: the old primary goes on answering over the connections that are open, but takes no writes.
    @Test
    void leavesAPrimaryThatWasDemotedUnderOpenConnections() throws Exception {
        primary.execute("alter system set default_transaction_read_only = on");
        primary.execute("select pg_reload_conf()");
        writers.awaitMore(503, 1);
        standby.promote();
        writers.awaitMore(201, 50);
        writers.assertNothingIsLost();
    }
}
