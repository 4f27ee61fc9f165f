package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The whole way of a token, from a person who signs in at Keycloak to a row that is theirs, with discovery.
@EnabledIfSystemProperty(named = "keycloak.home", matches = ".+", disabledReason = "needs -Dkeycloak")
class KeycloakIT {

    private static final String OWN_ROWS = "users:write posts:write";
    private static final String USER = "{\"name\":\"Ada\"}";
    private static final String POST = "{\"title\":\"Hello\",\"content\":\"World\"}";

    @TempDir
    Path folder;

    private Service service;

    @Test
    void peopleWriteWhatKeycloakAndBylineLetThem() throws Exception {
        try (var keycloak = new Keycloak(Path.of(System.getProperty("keycloak.home")), folder);
                var postgres = new Postgres(folder)) {
            keycloak.awaitReady();
            var settings = Map.of(
                    "QUARKUS_OIDC_AUTH_SERVER_URL", keycloak.realm(),
                    "QUARKUS_OIDC_PUBLIC_KEY", "",
                    "QUARKUS_OIDC_TOKEN_ISSUER", "",
                    "BYLINE_HTTP_ORIGIN", "https://byline.test");
            try (var started = new Service(folder, postgres.url(), settings)) {
                service = started;
                service.await("/q/health/ready", 200);
                assertThat(
                        service.get("/.well-known/oauth-protected-resource").body(), containsString(keycloak.realm()));
                eachWritesHerOwn(keycloak);
                followsTheRotationOfKeys(keycloak);
            }
        }
    }

    private void eachWritesHerOwn(Keycloak keycloak) throws Exception {
        var ada = keycloak.token("app", "ada", OWN_ROWS);
        var eve = keycloak.token("app", "eve", OWN_ROWS);
        var created = service.as(ada, "POST", "/users", USER);
        assertEquals(201, created.statusCode(), created.body());
        var adas = "/users/"
                + new ObjectMapper().readTree(created.body()).get("id").asText();

        assertThat(write(ada, "POST", adas + "/posts", POST), is(201));
        assertThat("somebody else's", write(eve, "POST", adas + "/posts", POST), is(403));
        assertThat("somebody else's", write(eve, "PATCH", adas, USER), is(403));
        assertThat(
                "not asked for",
                write(keycloak.token("app", "ada", "users:write"), "POST", adas + "/posts", POST),
                is(403));
        // Keycloak leaves out what they may not have.
        assertThat("not an admin", write(keycloak.token("app", "eve", "admin"), "PATCH", adas, USER), is(403));
        assertThat("an admin", write(keycloak.token("app", "root", "admin"), "PATCH", adas, USER), is(200));
        assertThat(
                "for another audience",
                write(keycloak.token("another-app", "ada", OWN_ROWS), "PATCH", adas, USER),
                is(401));
        assertThat(
                "changed on its way", write(ada.substring(0, ada.length() - 4) + "AAAA", "PATCH", adas, USER), is(401));
    }

    private void followsTheRotationOfKeys(Keycloak keycloak) throws Exception {
        var before = keycloak.token("app", "root", "admin");
        assertThat(write(before, "POST", "/users", USER), is(201));
        keycloak.rotateKeys();
        var after = keycloak.token("app", "root", "admin");
        becomes(201, after);
        becomes(401, before);
    }

    private void becomes(int status, String token) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        for (int answered = 0; answered != status; Thread.sleep(200)) {
            assertTrue(Instant.now().isBefore(deadline), "not " + status + ", but still " + answered);
            answered = write(token, "POST", "/users", USER);
        }
    }

    private int write(String token, String method, String path, String json) throws Exception {
        return service.as(token, method, path, json).statusCode();
    }
}
