package dev.byline.platform.replica;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.OnlyOn;
import dev.byline.Postgres;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// In a class of its own: the standby is none for the rest of its life.
@OnlyOn(value = POSTGRESQL, because = "reads from a hot standby, which only PostgreSQL has")
@QuarkusTest
@WithTestResource(value = PrimaryAndStandby.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
public class PromotionTest {

    Postgres primary;
    Postgres standby;

    @Test
    void aStandbyThatWasPromotedAnswersNoReads() throws Exception {
        await(() -> isReplica(request().get("/users?limit=1")));
        standby.promote();
        await(() -> !isReplica(request().get("/users?limit=1")));
        // The two go separate ways now: what is written must be seen with its token and without.
        for (int i = 0; i < 20; i++) {
            var written = json(Map.of("name", "Ada")).post("/users");
            var path = written.header("Location");
            request().get(path).then().statusCode(200);
            request()
                    .header("Consistency-Token", written.header("Consistency-Token"))
                    .get(path)
                    .then()
                    .statusCode(200);
        }
        operator().get("/q/health/ready").then().statusCode(200);
    }

    private static boolean isReplica(Response answer) {
        return answer.then().statusCode(200).extract().header("Server-Timing").endsWith(", replica");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(deadline), "not within a minute");
            Thread.sleep(50);
        }
    }
}
