package dev.byline.platform.export;

import static dev.byline.Api.anonymous;
import static dev.byline.Api.as;
import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static io.restassured.RestAssured.port;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Given;
import dev.byline.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class ExportTest {

    private static final String NDJSON = "application/x-ndjson";

    @Test
    void exportsEveryRowThatThePagesHave() {
        long user = Given.user();
        for (int i = 0; i < 120; i++) {
            Given.post(user, "Post " + i);
        }
        var path = "/users/" + user + "/posts?sort=-id&embed=user";
        var page = request().get(path + "&limit=1000").asString();
        var lines = request().accept(NDJSON).get(path);
        lines.then().statusCode(200).contentType(NDJSON);
        assertEquals(120, lines.asString().lines().count());
        assertEquals(page, "[" + String.join(",", lines.asString().lines().toList()) + "]");
        assertEquals(
                7,
                request()
                        .accept(NDJSON)
                        .get(path + "&limit=7")
                        .asString()
                        .lines()
                        .count());
        request()
                .accept(NDJSON)
                .get("/users/" + Given.user() + "/posts")
                .then()
                .statusCode(200)
                .body(is(""));
        request().accept(NDJSON).get("/users/0/posts").then().statusCode(404);
        request().accept(NDJSON).get("/posts?titel=x").then().statusCode(400);
        request().accept(NDJSON).get("/posts?cursor=x").then().statusCode(400);
    }

    /// Between short rows and long ones, and of both kinds there are more than are read at a time.
    @Test
    void exportsTextsOfEveryLength() {
        long user = Given.user();
        for (int i = 0; i < 110; i++) {
            var content = (i % 10 == 9 ? "é" : "e").repeat(i % 3 == 0 ? 20_000 + i * 50 : i);
            json(Map.of("title", "T", "content", content, "userId", user))
                    .post("/posts")
                    .then()
                    .statusCode(201);
        }
        var path = "/users/" + user + "/posts?embed=user";
        var rows = new ArrayList<String>();
        for (int offset = 0; offset < 110; offset += 10) {
            var page = request().get(path + "&limit=10&offset=" + offset).asString();
            rows.add(page.substring(1, page.length() - 1));
        }
        var lines = request().accept(NDJSON).get(path).asString().lines().toList();
        assertEquals(110, lines.size());
        assertEquals(String.join(",", rows), String.join(",", lines));
        assertEquals(
                lines.stream()
                        .map(line -> line.replaceFirst(".*\"content\":(\"[^\"]*\").*", "$1"))
                        .toList(),
                request()
                        .accept("text/csv")
                        .get(path + "&fields=content")
                        .asString()
                        .lines()
                        .skip(1)
                        .map(line -> line.replaceFirst(",.*", ""))
                        .toList());
    }

    @Test
    void writesCsvThatNoSpreadsheetRuns() {
        long user = Given.user("Ada", null);
        json(Map.of("title", "=1+1", "content", "a \"b\",\r\nc", "userId", user))
                .post("/posts");
        json(Map.of("title", "@x", "content", "", "userId", user)).post("/posts");
        request()
                .accept("text/csv")
                .get("/users/" + user + "/posts?fields=title,content,user.name,user.age")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .body(is("\"title\",\"content\",\"user.name\",\"user.age\"\r\n"
                        + "\"'=1+1\",\"a \"\"b\"\",\r\nc\",\"Ada\",\r\n"
                        + "\"'@x\",\"\",\"Ada\",\r\n"));
        request()
                .accept("text/csv")
                .get("/users?embed=posts")
                .then()
                .statusCode(400)
                .body("errors[0].parameter", is("embed"));
        request().accept(NDJSON).get("/users?embed=posts&id=" + user).then().body(containsString("\"posts\":[{"));
    }

    @Test
    void choosesWhatTheClientLikesBest() {
        long user = Given.user();
        var path = "/users?id=" + user;
        request()
                .accept("text/csv;q=0.5, application/x-ndjson")
                .get(path)
                .then()
                .contentType(NDJSON);
        request().accept("*/*").get(path).then().contentType(startsWith("application/json"));
        request().accept("text/*").get(path).then().contentType(startsWith("text/csv"));
        request().accept("text/html").get(path).then().statusCode(406);
    }

    @Test
    void takesAnAcceptThatNamesNoTypesAsNone() {
        for (var accept :
                List.of("", ",", "((((", "a".repeat(3_000), "application/json, ;q=1", "text/csv;q", "*; q=.2")) {
            request()
                    .header("Accept", accept)
                    .get("/users?limit=1")
                    .then()
                    .statusCode(200)
                    .contentType("application/json");
        }
        request()
                .header("Accept", "application/json;q=high")
                .get("/users?limit=1")
                .then()
                .statusCode(is(oneOf(200, 400, 406)));
        request()
                .header("Accept", "text/html, */*;q=0.1")
                .get("/users?limit=1")
                .then()
                .statusCode(200);
    }

    @Test
    void compressesForWhoeverAsks() throws IOException, InterruptedException {
        long user = Given.user();
        try (var client = HttpClient.newHttpClient()) {
            var address = URI.create("http://localhost:" + port + "/users?id=" + user);
            var request = HttpRequest.newBuilder(address).header("Accept", NDJSON);
            var plain = client.send(request.build(), BodyHandlers.ofString());
            assertTrue(plain.headers().firstValue("Content-Encoding").isEmpty());
            var packed = client.send(request.header("Accept-Encoding", "gzip").build(), BodyHandlers.ofInputStream());
            assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
            try (var text = new GZIPInputStream(packed.body())) {
                assertEquals(plain.body(), new String(text.readAllBytes()));
            }
        }
    }

    @Test
    void boundsTheExportsAndEndsThoseOfClientsThatHaveGone() throws IOException, InterruptedException {
        long user = Given.user();
        Given.postsOfLength(user, Collections.nCopies(60, 100_000));
        var path = "/users/" + user + "/posts";
        var readers = new ArrayList<Socket>();
        try {
            readers.add(beginExport(path, ""));
            refuseExport(anonymous(), path); // who has no token leaves a place to those who have
            var somebody = Tokens.ofSomebody("posts:write");
            readers.add(beginExport(path, "Authorization: Bearer " + somebody + "\r\n"));
            refuseExport(as(somebody), path);
            refuseExport(request(), path);
            request().get(path).then().statusCode(200);
        } finally {
            for (var socket : readers) {
                socket.close();
            }
        }
        int status = 503;
        for (int tries = 0; status == 503 && tries < 100; tries++) {
            Thread.sleep(100);
            status = request().accept(NDJSON).get(path).statusCode();
        }
        assertEquals(200, status, "the places of the clients that have gone are free again");
    }

    /// An export of which only the beginning is read.
    private static Socket beginExport(String path, String header) throws IOException {
        var socket = new Socket("localhost", port);
        socket.setReceiveBufferSize(4096);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "Accept: " + NDJSON + "\r\n\r\n")
                        .getBytes());
        assertEquals("HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12)));
        return socket;
    }

    private static void refuseExport(RequestSpecification client, String path) {
        client.accept(NDJSON)
                .get(path)
                .then()
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body("detail", startsWith("An export of yours, or as many of others"));
    }
}
