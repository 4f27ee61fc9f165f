package dev.byline.platform.write;

import static dev.byline.Api.as;
import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.OnlyOn;
import dev.byline.Tokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// With several issuers, two persons may be the same text when issuer and subject are joined.
@QuarkusTest
class IdempotencyCallersTest {

    @Inject
    AgroalDataSource dataSource;

    private final String key = UUID.randomUUID().toString();

    @Test
    void keepsThePartsOfAPersonApart() throws SQLException {
        create("some body").then().statusCode(201);
        create("some body").then().statusCode(201).header("Idempotency-Replayed", is("true"));
        update("issuer = issuer || ' some', subject = 'body' || '" + key + "'");
        create("some body").then().statusCode(422).body("type", is("/problems/idempotency-key-reused"));
    }

    @OnlyOn(value = POSTGRESQL, because = "rows of the releases before migration 007, which had only PostgreSQL")
    @Test
    void answersWithARowOfTheVersionBeforeOnlyWhereItIsCertainWhoseItIs() throws SQLException {
        create("somebody").then().statusCode(201);
        update("issuer = null, subject = null");
        create("somebody").then().statusCode(201).header("Idempotency-Replayed", is("true"));
        update("key = key || '-other'");
        create("some body").then().statusCode(201);
        update("issuer = null, subject = null");
        create("some body").then().statusCode(422);
    }

    private Response create(String subject) {
        return as(Tokens.of(subject + key, "users:write admin"))
                .contentType("application/json")
                .body(Map.of("name", "Ada"))
                .header("Idempotency-Key", key)
                .post("/users");
    }

    private void update(String assignments) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            assertEquals(
                    1,
                    statement.executeUpdate(
                            "update idempotency_keys set " + assignments + " where key = '" + key + "'"));
        }
    }
}
