package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static org.hamcrest.Matchers.containsString;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys from a file, of an issuer that marks its access tokens.
@QuarkusTest
@TestProfile(JwkSetFileTest.KeysFromFile.class)
class JwkSetFileTest {

    public static class KeysFromFile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var file = Files.createTempFile("jwks", ".json");
                return Map.of(
                        "byline.security.jwk-set",
                        Files.writeString(file, Tokens.keySet("first")).toString(),
                        "byline.security.token-type",
                        "at+jwt");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
    void theCaseOfTheSchemeDoesNotMatter(String scheme) {
        create(scheme, "at+jwt").statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT+JWT", "application/at+jwt"})
    void takesTheTypeThatIsDemanded(String type) {
        create("Bearer", type).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "", "logout+jwt"})
    void refusesOtherTypes(String type) {
        create("Bearer", type).statusCode(401).body("detail", containsString("typ of the token's header"));
    }

    private static ValidatableResponse create(String scheme, String type) {
        var claims = Tokens.claims("root");
        claims.put("scope", "admin");
        var token = Tokens.of(Map.of("alg", "RS256", "kid", "first", "typ", type), claims, Tokens.key());
        return anonymous()
                .header("Authorization", scheme + " " + token)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Ada\"}")
                .post("/users")
                .then();
    }
}
