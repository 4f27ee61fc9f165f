package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Where everybody reads, too, a resource is closed until it says who may call it.
@QuarkusTest
class UnruledTest {

    @Test
    void leavesAResourceThatSaysNothingToAdmins() {
        anonymous().get("/unruled").then().statusCode(401);
        anonymous().post("/unruled").then().statusCode(401);
        as(Tokens.ofSomebody("users:write posts:write")).get("/unruled").then().statusCode(403);
        as(Tokens.ofSomebody("users:write posts:write")).post("/unruled").then().statusCode(403);
        as(Tokens.admin()).get("/unruled").then().statusCode(200);
        as(Tokens.admin()).post("/unruled").then().statusCode(200);
        anonymous().get("/users").then().statusCode(200);
        anonymous().get("/problems").then().statusCode(200);
        anonymous().get("/nowhere").then().statusCode(404);
    }
}
