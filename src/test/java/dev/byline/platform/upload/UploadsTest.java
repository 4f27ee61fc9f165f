package dev.byline.platform.upload;

import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.RawClient;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The limits of bodies with any number of rows, made small: 10 kB, one at a time, five seconds.
@QuarkusTest
@TestProfile(UploadsTest.Small.class)
class UploadsTest {

    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            assertTrue(FOLDER.toFile().isDirectory() || FOLDER.toFile().mkdirs());
            return Map.of(
                    "byline.bulk.folder", FOLDER.toString(),
                    "byline.bulk.max-body-size", "10K",
                    "byline.bulk.max-concurrent", "1",
                    "byline.bulk.timeout", "5s");
        }
    }

    private static final Path FOLDER = Path.of("target/uploads").toAbsolutePath();
    private static final String ROW = "{\"name\":\"Ada\"}\n";

    @AfterEach
    void leavesNoFileBehind() throws IOException, InterruptedException {
        for (int i = 0; i < 100 && openFiles() > 0; i++) {
            Thread.sleep(50);
        }
        assertEquals(0, openFiles());
    }

    @Test
    void refusesABodyOverTheLimit() throws IOException {
        post(ROW.repeat(600)).then().statusCode(200).body("created", is(600));
        post(ROW.repeat(800))
                .then()
                .statusCode(413)
                .body("type", is("/problems/too-large"))
                .body("detail", is("The body may have 10240 bytes at most."));
        try (var socket = begin("Transfer-Encoding: chunked")) {
            var row = Integer.toHexString(ROW.length()) + "\r\n" + ROW + "\r\n";
            socket.getOutputStream().write(row.repeat(800).getBytes());
            assertThat(answer(socket), startsWith("HTTP/1.1 413 "));
        }
        post(ROW).then().statusCode(200);
    }

    @Test
    void takesNoMoreBodiesThanItHasRoomForAndWaitsForNoneForEver() throws IOException {
        try (var slow = begin("Content-Length: 100")) {
            slow.getOutputStream().write(ROW.getBytes());
            await(503);
            try (var named = Files.list(FOLDER)) { // none that a process which is killed could leave behind
                assertEquals(0, named.count());
            }
            assertTrue(openFiles() > 0);
            post(ROW).then().statusCode(503).header("Retry-After", "1").body("type", is("/problems/unavailable"));
            var answer = answer(slow);
            assertThat(answer, startsWith("HTTP/1.1 408 "));
            assertThat(answer, containsString("/problems/timeout"));
        }
        await(200);
    }

    @Test
    void refusesWhoMayNotImportBeforeTheBodyComes() throws IOException {
        var somebody = Tokens.ofSomebody("users:write posts:write");
        for (var path : List.of("/users", "/posts", "/users/" + Given.user() + "/posts")) {
            try (var client = new RawClient(port)) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nAuthorization: Bearer "
                        + somebody + "\r\nContent-Length: 100\r\n\r\n");
                assertThat(path, client.answer(), startsWith("HTTP/1.1 403 "));
            }
        }
        post(ROW).then().statusCode(200);
    }

    @Test
    void forgetsABodyWhoseClientHasGone() throws IOException {
        try (var gone = begin("Content-Length: 100")) {
            gone.getOutputStream().write(ROW.getBytes());
            await(503);
        }
        await(200);
    }

    private static Response post(String rows) {
        return request()
                .contentType("application/x-ndjson")
                .body(rows.getBytes())
                .post("/users");
    }

    /// Until the one place is taken, or free.
    private static void await(int status) {
        int answered = 0;
        for (int i = 0; i < 200 && answered != status; i++) {
            answered = post(ROW).statusCode();
        }
        assertEquals(status, answered);
    }

    private static Socket begin(String header) throws IOException {
        var socket = new Socket("localhost", port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST /users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Tokens.admin()
                                + "\r\nContent-Type: application/x-ndjson\r\n" + header + "\r\n\r\n")
                        .getBytes());
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        var head = new byte[2000];
        int length = socket.getInputStream().readNBytes(head, 0, 1);
        length += Math.max(0, socket.getInputStream().read(head, length, head.length - length));
        return new String(head, 0, length);
    }

    /// Files without a name are still this process' open files.
    private static long openFiles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(UploadsTest::isUpload).count();
        }
    }

    private static boolean isUpload(Path open) {
        try {
            return Files.readSymbolicLink(open).startsWith(FOLDER);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
