package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request costs on the wire: a read of one statement is one round trip, because it opens no transaction; a
/// write pays one for its commit, and none for its begin.
@OnlyOn(value = POSTGRESQL, because = "PostgreSQL's protocol, whose messages it counts")
class RoundTripsIT {

    @TempDir
    Path folder;

    private interface Requests {
        void send() throws Exception;
    }

    @Test
    void areAsFewAsTheStatementsAndTheCommit() throws Exception {
        // The pool's own validations are round trips as well, and those in which a connection is made.
        var quiet = Map.of(
                "QUARKUS_DATASOURCE_JDBC_FOREGROUND_VALIDATION_INTERVAL", "1H",
                "QUARKUS_DATASOURCE_JDBC_MIN_SIZE", "1",
                "QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "1");
        try (var postgres = new Postgres(folder);
                var wire = new Wire(postgres.port());
                var service = new Service(folder, wire.url(), quiet)) {
            service.await("/q/health/ready", 200);
            // The first two of each fetch the next hundred ids.
            for (int i = 0; i < 2; i++) {
                service.post("/users", "{\"name\":\"Ada\"}");
                service.post("/users/1/posts", "{\"title\":\"First\",\"content\":\"Text\"}");
            }

            assertRoundTrips(1, wire, () -> service.get("/users/1"));
            assertRoundTrips(1, wire, () -> service.get("/posts?embed=user"));
            assertRoundTrips(2, wire, () -> service.get("/users?embed=posts"));
            assertRoundTrips(2, wire, () -> service.post("/users", "{\"name\":\"Eve\"}"));
            assertRoundTrips(2, wire, () -> service.post("/posts", """
                    {"title":"Second","content":"Text","userId":1}"""));
            assertRoundTrips(
                    3,
                    wire,
                    () -> service.send("PATCH", "/users/1", Service.JSON, BodyPublishers.ofString("{\"age\":36}")));
            assertRoundTrips(3, wire, () -> service.send("DELETE", "/users/2", Service.JSON, BodyPublishers.noBody()));
        }
    }

    private static void assertRoundTrips(int expected, Wire wire, Requests request) throws Exception {
        var before = wire.roundTrips().size();
        request.send();
        var made = wire.roundTrips();
        assertEquals(expected, made.size() - before, () -> made.subList(before, made.size())
                .toString());
    }
}
