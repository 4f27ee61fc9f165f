package dev.byline.platform.bulk;

import static io.restassured.RestAssured.port;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;

import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Imports that are stored for longer than a connection may be idle.
@QuarkusTest
@TestProfile(IdleTimeoutTest.Short.class)
class IdleTimeoutTest {

    public static class Short implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.idle-timeout", "1s",
                    "quarkus.datasource.jdbc.additional-jdbc-properties.options", "-c lock_timeout=60s");
        }
    }

    @Inject
    DataSource dataSource;

    @Test
    void beginsWhenTheAnswerIsSent() throws IOException, InterruptedException, SQLException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            try (var other = dataSource.getConnection();
                    var statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table users in exclusive mode");
                importUsers(socket);
                Thread.sleep(3_000);
                other.rollback();
                other.setAutoCommit(true);
            }
            // To its end, which comes because nothing else happens on this connection.
            var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer, startsWith("HTTP/1.1 200 "));
            assertThat(answer, endsWith("{\"created\":2}"));
        }
    }

    private static void importUsers(Socket socket) throws IOException {
        var rows = "{\"name\":\"Ada\"}\n{\"name\":\"Grace\"}\n";
        var request = "POST /users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.admin()
                + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + rows.length() + "\r\n\r\n" + rows;
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }
}
