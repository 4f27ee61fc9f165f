package dev.byline;

import static io.restassured.RestAssured.port;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Ten thousand requests that mean no good, the same ones each time. None may be answered with a server's failure,
/// and the service must still work when they are over.
@QuarkusTest
public class HostileRequestsTest {

    private static final int REQUESTS = 10_000;
    private static final long SEED = 20_260_101;

    /// How long an answer may take, in milliseconds: far longer than any should, since machines pause.
    private static final int PATIENCE = 10_000;

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "BREW", "", "G\u0000T");
    private static final List<String> PATHS = List.of(
            "/users",
            "/posts",
            "/problems/stale",
            "/",
            "/q/openapi",
            "//users",
            "/users/",
            "/users/-1",
            "/users/0",
            "/users/9223372036854775808",
            "/users/1e3",
            "/users/%00",
            "/users/%zz",
            "/users/%c3%28",
            "/../users",
            "/users/0;a=b",
            "/users/0%2f..%2f0",
            "*",
            "http://localhost/users",
            "/" + "a".repeat(5000),
            "/users/" + "9".repeat(300));
    private static final List<String> QUERIES = List.of(
            "",
            "?limit=1",
            "?limit=-1",
            "?limit=%00",
            "?embed=posts",
            "?embed=user",
            "?embed='; drop table users; --",
            "?limit=1&limit=2",
            "?sort=-createdAt,title&limit=2",
            "?q=%00",
            "?q=:*%20%26%20!",
            "?name:contains=%25&title:contains=%5c",
            "?cursor=AAAAAAAAAAAAAAAAAAAA",
            "?id=1&id=x&age:null=maybe",
            "?fields=id,,&offset=99999",
            "?createdAt:gt=-292275055-05-16T16:47:04Z",
            "?a[]=1",
            "?=",
            "?&&&",
            "?%",
            "?limit=" + "9".repeat(1000),
            "?%F0%9F%98%80=1");
    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: application/json",
            "Content-Type: application/merge-patch+json",
            "Content-Type: text/csv",
            "Content-Type: ;",
            "Content-Type: application/json; charset=utf-16",
            "Accept: */*",
            "Accept: text/html",
            "Accept: ;q=x",
            "If-Match: \"0\"",
            "If-Match: *",
            "If-Match: \"",
            "If-None-Match: W/",
            "X-Request-Id: a\tb",
            "Content-Encoding: gzip",
            "Transfer-Encoding: nonsense",
            "Expect: something",
            "Range: bytes=0-1",
            "Accept-Language: \u00ff\u00fe",
            "X-Forwarded-For: ' or 1=1",
            "X: " + "y".repeat(9000),
            "Content-Length: -1",
            "Content-Length: 1e3",
            "Origin: null",
            "X-HTTP-Method-Override: DELETE",
            "Upgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings");
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "1",
            "\"x\"",
            "{\"name\":\"x\",\"age\":1}",
            "{\"name\":null}",
            "{\"name\":\"a\\u0000\"}",
            "{\"name\":\"\\ud800\"}",
            "{\"title\":\"x\",\"content\":\"y\",\"userId\":1}",
            "{\"userId\":-9223372036854775809}",
            "{\"age\":1e999999999}",
            "{\"age\":" + "9".repeat(2000) + "}",
            "[".repeat(2000),
            "{\"a\":".repeat(500),
            "{\"name\":\"" + "x".repeat(50_000) + "\"}",
            "{\"name\":\"x\",\"name\":\"y\"}",
            "{\"__proto__\":{},\"constructor\":1}",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "\u00ef\u00bb\u00bf{}",
            "{\"name\":\"'; drop table users; --\"}",
            "\u00fe\u00ff\u0000{",
            "{\"name\":\"\u00c3\u0028\"}",
            "id,name\n1,x\n");

    @Test
    void noHostileRequestMakesTheServerFail() throws IOException {
        var random = new Random(SEED);
        var paths = new ArrayList<>(PATHS);
        for (int i = 0; i < 30; i++) {
            long user = Given.user();
            paths.add("/users/" + user);
            paths.add("/posts/" + Given.post(user));
            paths.add("/users/" + user + "/posts");
        }
        var answers = new TreeMap<String, Integer>();
        for (int i = 0; i < REQUESTS; i++) {
            var request = request(random, paths);
            var status = send(request);
            assertTrue(!status.startsWith("5"), () -> "answered " + status + " to:\n" + shown(request));
            answers.merge(status, 1, Integer::sum);
        }
        // The requests must have been understood well enough to reach every layer, or the test would prove nothing.
        for (var status : List.of("200", "201", "204", "400", "401", "404", "405", "406", "412", "413", "415", "422")) {
            assertTrue(answers.containsKey(status), () -> "no " + status + " among " + answers);
        }
        Api.operator().get("/q/health/ready").then().statusCode(200);
        assertEquals(36, Api.request().get("/users/" + Given.user()).jsonPath().getInt("age"));
    }

    /// Most are nearly right: only then do they get past the first check.
    private static byte[] request(Random random, List<String> paths) {
        var method = random.nextInt(5) > 0 ? METHODS.get(random.nextInt(5)) : any(METHODS, random);
        var query = random.nextInt(3) > 0 ? "" : any(QUERIES, random);
        var lines = new ArrayList<String>();
        lines.add(method + " " + any(paths, random) + query + " HTTP/1.1");
        lines.add("Host: localhost");
        lines.add(random.nextInt(4) > 0 ? "Content-Type: application/json" : any(HEADERS, random));
        if (random.nextInt(2) == 0) {
            lines.add(any(HEADERS, random));
        }
        var body = random.nextInt(100) == 0 ? "x".repeat(1_100_000) : any(BODIES, random);
        if (random.nextInt(20) > 0) {
            lines.add("Authorization: Bearer " + Tokens.admin());
        }
        if (random.nextInt(50) > 0) {
            lines.add("Content-Length: " + body.length());
        }
        lines.add("Connection: close");
        // One byte a character: the bodies above are bytes, not text.
        var bytes = (String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
        for (int mutations = random.nextInt(10) == 0 ? random.nextInt(4) : 0; mutations > 0; mutations--) {
            bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// @return the status of the answer, or `closed` where the server hangs up: on garbage it may
    private static String send(byte[] request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            write(socket, request);
            var answer = socket.getInputStream();
            var line = new StringBuilder();
            for (int b = firstByte(socket, answer); b >= 0 && b != '\r' && line.length() < 200; b = answer.read()) {
                line.append((char) b);
            }
            return line.toString().startsWith("HTTP/1.") ? line.substring(9, 12) : "closed";
        } catch (SocketException e) {
            return "closed";
        }
    }

    /// Where the server waits for the rest of a request that has none, the end of the stream makes it give up.
    private static int firstByte(Socket socket, InputStream answer) throws IOException {
        socket.setSoTimeout(300);
        try {
            return answer.read();
        } catch (SocketTimeoutException waiting) {
            socket.setSoTimeout(PATIENCE);
            socket.shutdownOutput();
            return answer.read();
        }
    }

    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            // The server has answered and closed before it read everything, which is its right.
        }
    }

    private static String shown(byte[] request) {
        var text = new String(request, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(text.length(), 2000));
    }
}
