package dev.byline.platform.pool;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PoolTest {

    @Inject
    AgroalDataSource dataSource;

    @Test
    void getsEveryConnectionBackWhateverBecomesOfTheRequest() throws InterruptedException {
        long user = Given.user();
        long post = Given.post(user);
        request().get("/users?embed=posts").then().statusCode(200);
        request().get("/posts?count=exact").then().statusCode(400);
        request().get("/posts/0").then().statusCode(404);
        request().head("/posts/" + post).then().statusCode(200);
        json(Map.of("title", "x", "content", "y", "userId", 0))
                .post("/posts")
                .then()
                .statusCode(422);
        json(Map.of("name", "x"))
                .header("If-Match", "\"7\"")
                .put("/users/" + user)
                .then()
                .statusCode(412);
        json(Map.of("age", 1))
                .header("Prefer", "tx=rollback")
                .patch("/users/" + user)
                .then()
                .statusCode(200);
        request().delete("/users/" + user).then().statusCode(409);

        assertTrue(dataSource
                .getConfiguration()
                .connectionPoolConfiguration()
                .leakTimeout()
                .isPositive());
        var metrics = dataSource.getMetrics();
        var deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (metrics.activeCount() > 0) {
            assertTrue(Instant.now().isBefore(deadline), metrics.activeCount() + " connections are still in use");
            Thread.sleep(20);
        }
        assertEquals(0, metrics.leakDetectionCount());
        assertEquals(0, metrics.awaitingCount());
    }

    @Test
    void renewsConnectionsAfterATimeOfThisProcesssOwn() {
        var lifetime =
                dataSource.getConfiguration().connectionPoolConfiguration().maxLifetime();
        assertTrue(lifetime.compareTo(Duration.ofMinutes(24)) >= 0, lifetime::toString);
        assertTrue(lifetime.compareTo(Duration.ofMinutes(30)) <= 0, lifetime::toString);
    }
}
