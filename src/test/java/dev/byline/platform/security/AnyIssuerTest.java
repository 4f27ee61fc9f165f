package dev.byline.platform.security;

import static dev.byline.Api.as;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A deployment that takes the tokens of every issuer with its key still needs to store and to log who they are.
@QuarkusTest
@TestProfile(AnyIssuerTest.AnyIssuer.class)
class AnyIssuerTest {

    public static class AnyIssuer implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.oidc.token.issuer", "any");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https://a b",
                "https://a\nb",
                "https://a\u0000",
                "https://a\u0085",
                "https://a\u2028",
                "https://a\u202e"
            })
    void refusesAnIssuerThatIsNotOneWord(String issuer) {
        create(issuer).statusCode(401).body("detail", containsString("iss must have 1 to 500 characters"));
    }

    @Test
    void refusesAnIssuerThatIsLongerThanItsColumn() {
        create("https://" + "x".repeat(493))
                .statusCode(401)
                .body("detail", containsString("iss must have 1 to 500 characters"));
        create("https://" + "x".repeat(492)).statusCode(201);
    }

    @Test
    void refusesATokenWithoutIssuer() {
        create(null).statusCode(401);
    }

    @Test
    void namesTheIssuerInTheLogAsOneWord() throws Exception {
        try (var log = new AuditLog()) {
            var claims = Tokens.claims("ada");
            claims.put("iss", "https://evil.test/,@\"root\"?é");
            assertEquals(
                    "DELETE /users/1 403 by ada@https://evil.test/%2C%40%22root%22%3F%C3%A9,"
                            + " refused: This needs a token with the scope users:write.",
                    log.lineOf(as(Tokens.of(claims)).delete("/users/1")));
        }
    }

    private static ValidatableResponse create(String issuer) {
        var claims = Tokens.claims("somebody");
        claims.put("scope", "users:write admin");
        claims.put("iss", issuer);
        return as(Tokens.of(claims))
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Ada\"}")
                .post("/users")
                .then();
    }
}
