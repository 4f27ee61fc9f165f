package dev.byline.platform.persistence;

import static dev.byline.Api.operator;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class HealthTest {

    @Test
    void isReadyWhileTheDatabaseServes() {
        operator()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("schema"))
                .body("checks.find { it.name == 'warnings' }.data", not(hasKey("database")));
        operator().get("/q/health/started").then().statusCode(200).body("status", is("UP"));
    }

    @Test
    void whereClientsAreThereIsNoHealthAndNoMetric() {
        request().get("/q/health").then().statusCode(404);
        request().get("/q/health/ready").then().statusCode(404);
        request().get("/q/metrics").then().statusCode(404);
    }

    @Test
    void livesWithoutTheDatabase() {
        operator().get("/q/health/live").then().statusCode(200).body("checks.name", not(hasItem("schema")));
    }

    @Test
    void countsWhatThePoolAndTheRequestsDo() {
        request().get("/users").then().statusCode(200);
        operator()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("agroal_active_count"))
                .body(containsString("agroal_awaiting_count"))
                .body(containsString("http_server_requests_seconds_count"))
                .body(containsString("byline_warnings"))
                .body(containsString("byline_request_statements_count"))
                .body(containsString("byline_request_database_seconds_count"))
                .body(containsString("byline_request_pool_wait_seconds_count"));
    }
}
