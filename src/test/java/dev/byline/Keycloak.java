package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keycloak as a real process, unpacked by `./mvnw verify -Dkeycloak`, with the realm of
/// `src/test/resources/keycloak`: who may have which scope is its business there.
final class Keycloak implements AutoCloseable {

    /// Its first start builds it.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String KEYS = "org.keycloak.keys.KeyProvider";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url = "http://localhost:" + ManagementPort.free();
    private final Path log;
    private final Process process;

    /// @param home the unpacked distribution
    /// @param folder where it leaves its log
    Keycloak(Path home, Path folder) throws IOException {
        log = folder.resolve("keycloak.log");
        var realm = home.resolve("data/import/byline-realm.json");
        Files.createDirectories(realm.getParent());
        try (var source = Keycloak.class.getResourceAsStream("/keycloak/byline-realm.json")) {
            Files.write(realm, source.readAllBytes());
        }
        var builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=localhost",
                        "--http-port=" + URI.create(url).getPort())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("KC_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "operator");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", "operator");
        process = builder.start();
    }

    String realm() {
        return url + "/realms/byline";
    }

    void awaitReady() throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        boolean ready = false;
        while (!ready) {
            assertTrue(process.isAlive() && Instant.now().isBefore(deadline), () -> read(log));
            Thread.sleep(500);
            try {
                ready = send(HttpRequest.newBuilder(URI.create(realm()))).statusCode() == 200;
            } catch (IOException notListening) {
                ready = false;
            }
        }
    }

    /// A person signs in at a client, which asks for these scopes; whether it gets them is Keycloak's to decide.
    String token(String clientId, String person, String scope) throws IOException, InterruptedException {
        return token("byline", clientId, person, scope);
    }

    private String token(String realm, String clientId, String person, String scope)
            throws IOException, InterruptedException {
        var form = Stream.of(
                        "grant_type",
                        "password",
                        "client_id",
                        clientId,
                        "username",
                        person,
                        "password",
                        person,
                        "scope",
                        scope)
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .collect(Collectors.toList());
        var body = new StringBuilder();
        for (int i = 0; i < form.size(); i += 2) {
            body.append(i == 0 ? "" : "&").append(form.get(i)).append('=').append(form.get(i + 1));
        }
        var answer =
                send(HttpRequest.newBuilder(URI.create(url + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body()).get("access_token").asText();
    }

    /// A new key signs from now on; the old one is gone from the key set.
    void rotateKeys() throws IOException, InterruptedException {
        var old = components();
        var created = administer("POST", "components", """
                {"name": "next", "providerId": "rsa-generated", "providerType": "%s",
                 "config": {"priority": ["200"], "enabled": ["true"], "active": ["true"], "keySize": ["2048"], "algorithm": ["RS256"]}}
                """.formatted(KEYS));
        assertEquals(201, created.statusCode(), created.body());
        for (var id : old) {
            assertEquals(204, administer("DELETE", "components/" + id, "").statusCode());
        }
    }

    private List<String> components() throws IOException, InterruptedException {
        var answer = administer("GET", "components?type=" + KEYS, "");
        return JSON.readTree(answer.body())
                .valueStream()
                .filter(component -> component.get("providerId").asText().equals("rsa-generated"))
                .map(component -> component.get("id").asText())
                .toList();
    }

    private HttpResponse<String> administer(String method, String path, String json)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/admin/realms/byline/" + path))
                .header("Authorization", "Bearer " + token("master", "admin-cli", "operator", "openid"))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// The script has started a JVM, which must go with it.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        client.close();
    }
}
