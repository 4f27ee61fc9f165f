package dev.byline.platform.security;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that are none, from forged to faded. Each would be an admin's.
@QuarkusTest
public class BearerTokenTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refuses(String name, String token, String reason) {
        for (var answer : List.of(
                as(token)
                        .contentType(ContentType.JSON)
                        .body("{\"name\":\"Eve\"}")
                        .post("/users"),
                as(token).get("/users"),
                as(token).get("/nowhere"))) {
            answer.then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("type", is("/problems/unauthenticated"))
                    .body("detail", containsString(reason))
                    .header("WWW-Authenticate", containsString("Bearer realm=\"byline\", error=\"invalid_token\""))
                    .header("Cache-Control", "no-store");
        }
    }

    static Stream<Arguments> badTokens() throws GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var good = Tokens.admin();
        var parts = good.split("\\.");
        var form = "signature or form";
        var noForm = "This is not a signed token";
        return Stream.of(
                arguments("expired", with("exp", now - 60), "has expired"),
                arguments("not yet valid", with("nbf", now + 600), "not valid yet"),
                arguments("for another audience", with("aud", "elsewhere"), "another audience"),
                arguments("for no audience", with("aud", null), "another audience"),
                arguments("of another issuer", with("iss", "https://evil.test"), "another issuer"),
                arguments("of no issuer", with("iss", null), "another issuer"),
                arguments("that never expires", with("exp", null), form),
                arguments("signed by another key", forged("RS256", anotherKey()), form),
                arguments("not signed", Tokens.unsigned(claims()), form),
                arguments("not signed, but with a signature", Tokens.unsigned(claims()) + parts[2], form),
                arguments("signed with the public key as a secret", Tokens.signedWithThePublicKey(claims()), form),
                arguments("of another algorithm", forged("RS512", Tokens.key()), form),
                arguments("of a made-up algorithm", forged("XX256", Tokens.key()), form),
                arguments("whose signature is cut off", parts[0] + "." + parts[1] + ".", form),
                arguments(
                        "with another's claims",
                        parts[0] + "." + Tokens.part(Map.of("sub", "eve")) + "." + parts[2],
                        form),
                arguments(
                        "that brings its own key",
                        withHeader("jwk", Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB")),
                        form),
                arguments("bound to a key", with("cnf", Map.of("jkt", "0ZcOCORZNYy")), "bound to a proof"),
                arguments("bound to a certificate", with("cnf", Map.of("x5t#S256", "A4DtL2Jm")), "bound to a proof"),
                arguments("for signing in", with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"), "an ID token"),
                arguments("for signing in with a code", with("c_hash", "LDktKdoQak3Pk0cnXxCltA"), "an ID token"),
                arguments("of Keycloak for signing in", with("typ", "ID"), "not an access token"),
                arguments("of Keycloak for a new token", with("typ", "Refresh"), "not an access token"),
                arguments("of Keycloak for later", with("typ", "Offline"), "not an access token"),
                arguments("whose type is no text", with("typ", List.of("Bearer")), "not an access token"),
                arguments("to log out", Tokens.ofType("logout+jwt", claims()), "not an access token"),
                arguments("that is a proof", Tokens.ofType("dpop+jwt", claims()), "not an access token"),
                arguments("of a person without a name", with("sub", " "), "sub must have 1 to 255 characters"),
                arguments("of a person with a long name", with("sub", "x".repeat(256)), "sub must have"),
                arguments("of garbage", "garbage", noForm),
                arguments("of dots", "..", noForm),
                arguments("of two parts", parts[0] + "." + parts[1], noForm),
                arguments("of four parts", good + ".a", noForm),
                arguments("without claims", parts[0] + ".." + parts[2], noForm),
                arguments("with a letter of the other Base64", good + "+", noForm),
                arguments("of nothing", "", noForm),
                arguments("of JSON", "{}", noForm),
                arguments("of 10,000 letters", "a".repeat(10_000), noForm),
                arguments(
                        "of 10,000 letters in three parts", "a".repeat(5000) + "." + "b".repeat(5000) + ".c", noForm));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void takesAnAccessTokenByEachOfItsTypes(String type) {
        post(as(Tokens.ofType(type, claims()))).then().statusCode(201);
    }

    @Test
    void takesTheAccessTokensOfKeycloak() {
        post(as(with("typ", "Bearer"))).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER"})
    void theCaseOfTheSchemeDoesNotMatter(String scheme) {
        post(anonymous().header("Authorization", scheme + " " + Tokens.admin()))
                .then()
                .statusCode(201);
    }

    @Test
    void aPersonNeedsAName() {
        for (var name : new String[] {null, " ", "x".repeat(256), "\0"}) {
            post(as(with("sub", name))).then().statusCode(401);
        }
        post(as(with("sub", "'; drop table users; --\r\nX: y"))).then().statusCode(201);
    }

    @Test
    void knowsNoOtherWayToSignIn() {
        var token = Tokens.admin();
        post(anonymous()).then().statusCode(401).header("WWW-Authenticate", "Bearer realm=\"byline\"");
        post(anonymous().auth().preemptive().basic("root", "root")).then().statusCode(401);
        post(anonymous().header("Authorization", token)).then().statusCode(401);
        post(anonymous().cookie("access_token", token)).then().statusCode(401);
        post(anonymous().cookie("q_session", token)).then().statusCode(401);
        post(anonymous().queryParam("access_token", token)).then().statusCode(401);
        anonymous()
                .contentType(ContentType.URLENC)
                .formParam("access_token", token)
                .post("/users")
                .then()
                .statusCode(401);
        post(anonymous().header("X-HTTP-Method-Override", "GET")).then().statusCode(401);
    }

    @Test
    void scopesAreWholeWords() {
        for (var scope : List.of("Admin", "administrator", "users:writer", "admin,users:write", "admin/", "*")) {
            post(as(Tokens.ofSomebody(scope))).then().statusCode(oneOf(401, 403));
        }
    }

    @Test
    void saysNothingOfItselfThatOnlyTheRequestSays() {
        anonymous()
                .header("Host", "evil.test")
                .get("/.well-known/oauth-protected-resource")
                .then()
                .statusCode(404)
                .body("detail", containsString("BYLINE_HTTP_ORIGIN"));
    }

    @Test
    void neverShowsATokenInAProblem() {
        var token = with("exp", 1);
        post(as(token)).then().body(not(containsString(token.split("\\.")[2])));
    }

    private static Response post(RequestSpecification caller) {
        return caller.contentType(ContentType.JSON).body("{\"name\":\"Ada\"}").post("/users");
    }

    private static Map<String, Object> claims() {
        var claims = Tokens.claims("root");
        claims.put("scope", "admin");
        return claims;
    }

    private static String with(String claim, Object value) {
        var claims = claims();
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return Tokens.of(claims);
    }

    private static String withHeader(String name, Object value) throws GeneralSecurityException {
        return Tokens.of(Map.of("alg", "RS256", name, value), claims(), anotherKey());
    }

    private static String forged(String algorithm, PrivateKey key) {
        return Tokens.of(Map.of("alg", algorithm, "typ", "JWT"), claims(), key);
    }

    private static PrivateKey anotherKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }
}
