package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A deployment without pages for people.
class PageSwitchesIT {

    @TempDir
    static Path folder;

    @Test
    void oneSettingEachSwitchesTheConsoleAndSwaggerUiOff() throws Exception {
        try (var postgres = new Postgres(folder);
                var service = new Service(
                        folder,
                        postgres.url(),
                        Map.of("BYLINE_CONSOLE_ENABLED", "false", "QUARKUS_SWAGGER_UI_ENABLED", "false"))) {
            service.await("/q/health/ready", 200);
            for (var path : List.of(
                    "/",
                    "/index.html",
                    "/console/main.js",
                    "/console/style.css",
                    "/_static/lit-html/3.3.1/lit-html.js",
                    "/q/swagger-ui",
                    "/q/swagger-ui/",
                    "/q/swagger-ui/index.html")) {
                var answer = service.get(path);
                assertEquals(404, answer.statusCode(), path);
                assertTrue(answer.body().contains("/problems/not-found"), path + answer.body());
                assertEquals(
                        "application/problem+json",
                        answer.headers().firstValue("Content-Type").orElse(""),
                        path);
            }
            assertEquals(200, service.get("/users").statusCode());
            assertEquals(200, service.get("/q/openapi").statusCode());
            var page = RawClient.exchange(
                    service.uri("/").getPort(), "GET /problems HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n");
            assertEquals(200, page.status());
            assertFalse(page.text().contains("console/"), page.text());
        }
    }
}
