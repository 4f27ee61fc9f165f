package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PgBouncer in transaction mode between the service and its database, with the roles of production. `-Dpgbouncer` runs
/// all other tests of the package through it too.
@OnlyOn(value = POSTGRESQL, because = "PgBouncer")
class PgBouncerIT {

    @TempDir
    Path folder;

    @Test
    void theRolesLimitsHoldWhereASessionsDoNot() throws Exception {
        assumeTrue(PgBouncer.program().isPresent(), "PgBouncer is not installed");
        try (var database = new ProductionDatabase(folder);
                var service = new Service(folder, database.url(), database.environment())) {
            service.await("/q/health/ready", 200);
            assertEquals(201, service.post("/users", "{\"name\":\"Ada\"}").statusCode());
            try (var holder = database.connect();
                    var statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("select from users where id = 1 for update");
                var answer = service.send("PATCH", "/users/1", Service.JSON, BodyPublishers.ofString("{\"age\":36}"));
                assertEquals(503, answer.statusCode());
                assertThat(answer.body(), containsString("Other writers hold the row"));
            }
            assertThat(service.log(), containsString("to a pooler"));
        }
    }

    @Test
    void saysAtStartWhenThePoolsDoNotFitTheServer() throws Exception {
        var tooMany = Map.of("BYLINE_DATABASE_PROCESSES", "50");
        try (var postgres = new Postgres(folder);
                var service = new Service(folder, postgres.url(), tooMany)) {
            service.await("/q/health/ready", 200);
            for (int i = 0; i < 100 && !service.log().contains("may open"); i++) {
                Thread.sleep(100);
            }
            assertThat(
                    service.log(),
                    containsString("50 processes with a pool of 12 may open 600 connections, but the server allows this"
                            + " role 297"));
        }
    }
}
