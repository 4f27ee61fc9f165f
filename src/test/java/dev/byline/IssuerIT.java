package dev.byline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose tokens a deployment takes, by each of the ways to tell it.
class IssuerIT {

    /// The tests' key comes with the environment of each service; here it must not.
    private static final Map<String, String> NO_KEY =
            Map.of("QUARKUS_OIDC_PUBLIC_KEY", "", "QUARKUS_OIDC_TOKEN_ISSUER", "");

    private static final String USER = "{\"name\":\"Ada\"}";

    @TempDir
    Path folder;

    private Postgres postgres;
    private Service service;

    @BeforeEach
    void prepare() throws IOException {
        postgres = new Postgres(folder);
    }

    @AfterEach
    void end() throws IOException {
        service.close();
        postgres.close();
    }

    private void start(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(NO_KEY);
        all.putAll(settings);
        service = new Service(folder, postgres.url(), all);
    }

    @Test
    void withoutAnIssuerNobodyWritesAndTheLogSaysWhy() throws Exception {
        start(Map.of());
        service.await("/q/health/ready", 200);
        var refused = service.post("/users", USER);
        assertEquals(401, refused.statusCode());
        assertThat(refused.body(), containsString("it has been given no issuer"));
        assertEquals(200, service.get("/users").statusCode());
        assertThat(service.log(), containsString("Every write will be refused"));
    }

    @Test
    void readsGoOnWhileTheIssuerIsAwayAndWritesWhenItIsThere() throws Exception {
        int port = ManagementPort.free();
        start(Map.of("QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:" + port));
        service.await("/q/health/ready", 200);
        assertEquals(200, service.get("/users").statusCode());
        var refused = service.as(Tokens.withKeyId("first"), "POST", "/users", USER);
        assertEquals(503, refused.statusCode(), refused.body());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());

        var keys = new Keys("first");
        var issuer = issuer(port, keys);
        try {
            await(201, "first");
            keys.name = "second"; // the issuer has changed its key, and the old one is no more
            await(201, "second");
            await(401, "first");
        } finally {
            issuer.stop(0);
        }
        // It has the key already.
        assertEquals(
                201,
                service.as(Tokens.withKeyId("second"), "POST", "/users", USER).statusCode());
    }

    @Test
    void followsTheKeysOfAFile() throws Exception {
        var file = Files.writeString(folder.resolve("jwks.json"), Tokens.keySet("first"));
        start(Map.of("BYLINE_SECURITY_JWK_SET", file.toString(), "QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER));
        service.await("/q/health/ready", 200);
        assertEquals(
                201,
                service.as(Tokens.withKeyId("first"), "POST", "/users", USER).statusCode());
        assertEquals(
                401,
                service.as(Tokens.withKeyId("second"), "POST", "/users", USER).statusCode());
        assertEquals(401, service.as(Tokens.admin(), "POST", "/users", USER).statusCode(), "it names no key");

        Files.writeString(file, "not a key set");
        awaitLog("cannot be read, its keys stay as they were");
        assertEquals(
                201,
                service.as(Tokens.withKeyId("first"), "POST", "/users", USER).statusCode());

        var next = Files.writeString(folder.resolve("next.json"), Tokens.keySet("second"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        await(201, "second");
        await(401, "first");
    }

    @Test
    void endsAtStartWhenTheFileIsNoKeySetAndSaysSo() throws Exception {
        var file = Files.writeString(folder.resolve("jwks.json"), "{}");
        start(Map.of("BYLINE_SECURITY_JWK_SET", file.toString(), "QUARKUS_OIDC_TOKEN_ISSUER", Tokens.ISSUER));
        assertNotEquals(0, service.exitStatus());
        assertThat(service.log(), containsString(" is not a usable JWK set"));
    }

    @Test
    void warnsWhereEveryIssuerIsTaken() throws Exception {
        start(Map.of("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey(), "QUARKUS_OIDC_TOKEN_ISSUER", "any"));
        service.await("/q/health/ready", 200);
        assertThat(service.log(), containsString("The iss of a token is not checked"));
    }

    @Test
    void endsAtStartWhenEverybodyCouldNameAnyAddress() throws Exception {
        start(Map.of("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true"));
        assertNotEquals(0, service.exitStatus());
        assertThat(service.log(), containsString("Set QUARKUS_HTTP_PROXY_TRUSTED_PROXIES"));
    }

    @Test
    void endsAtStartWhenItsAddressIsNone() throws Exception {
        start(Map.of("BYLINE_HTTP_ORIGIN", "api.example.org"));
        assertNotEquals(0, service.exitStatus());
        assertThat(service.log(), containsString("BYLINE_HTTP_ORIGIN must be the address"));
    }

    @Test
    void endsAtStartWhenTheKeyIsNobodys() throws Exception {
        start(Map.of("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey()));
        assertNotEquals(0, service.exitStatus());
        assertThat(service.log(), containsString("QUARKUS_OIDC_TOKEN_ISSUER"));
    }

    private void await(int status, String keyId) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        for (int answered = 0; answered != status; Thread.sleep(200)) {
            assertTrue(Instant.now().isBefore(deadline), "a token of the key " + keyId + " is answered " + answered);
            answered =
                    service.as(Tokens.withKeyId(keyId), "POST", "/users", USER).statusCode();
        }
    }

    private void awaitLog(String words) throws Exception {
        var deadline = Instant.now().plus(Service.PATIENCE);
        while (!service.log().contains(words)) {
            assertTrue(Instant.now().isBefore(deadline), "the log does not say: " + words);
            Thread.sleep(200);
        }
    }

    private static final class Keys {

        volatile String name;

        Keys(String name) {
            this.name = name;
        }
    }

    /// As much of OpenID Connect Discovery as a resource server asks for.
    private static HttpServer issuer(int port, Keys keys) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        var url = "http://localhost:" + port;
        server.createContext("/.well-known/openid-configuration", exchange -> {
            answer(exchange, "{\"issuer\":\"" + Tokens.ISSUER + "\",\"jwks_uri\":\"" + url + "/keys\"}");
        });
        server.createContext("/keys", exchange -> answer(exchange, Tokens.keySet(keys.name)));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
