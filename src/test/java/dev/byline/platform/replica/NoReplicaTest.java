package dev.byline.platform.replica;

import static dev.byline.Api.json;
import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A deployment without a replica takes a token as one with it does, gives none, and has no pool for it.
@QuarkusTest
public class NoReplicaTest {

    @Test
    void writesGiveNoToken() {
        json(Map.of("name", "Ada"))
                .post("/users")
                .then()
                .statusCode(201)
                .header("Consistency-Token", is((String) null))
                .header("Server-Timing", not(endsWith("replica")));
    }

    @Test
    void aTokenOfAnotherDeploymentChangesNothing() {
        request()
                .header("Consistency-Token", "ffffffff-ffffffffffffffff")
                .get("/users")
                .then()
                .statusCode(200);
    }

    @Test
    void refusesWhatIsNoToken() {
        request()
                .header("Consistency-Token", "yesterday")
                .get("/users")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("Consistency-Token"));
        request()
                .header("Consistency-Token", "ffffffff-ffffffffffffffff", "ffffffff-fffffffffffffff0")
                .get("/users")
                .then()
                .statusCode(400)
                .body("errors[0].code", is("repeated"));
    }

    @Test
    void nothingOfAReplicaIsInTheMetrics() {
        request().get("/users").then().statusCode(200);
        operator()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(not(containsString("byline_replica")))
                .body(not(containsString("datasource=\"replica\"")));
    }
}
