package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rows that a siege is about.
///
/// @param users each with one long post
/// @param posts the long ones
/// @param hostileUser whose posts the person {@link #HOSTILE} may write
record SiegeData(List<Long> users, List<Long> posts, long hostileUser) {

    /// The subject of a token whose bearer misuses it.
    static final String HOSTILE = "hostile";

    static final int USERS = 300;
    private static final int SHORT_POSTS = 5000;

    /// What every text is made of, so that every search finds everything.
    static final String WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor ";

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    static SiegeData create(Service service) throws IOException, InterruptedException {
        importRows(service, "/users", "{\"name\":\"Ada\",\"age\":36}\n".repeat(USERS));
        var users = ids(service, "/users");
        var text = WORDS.repeat(1 + 100_000 / WORDS.length()).substring(0, 100_000);
        importRows(service, "/posts", posts(users, USERS, text));
        var posts = ids(service, "/posts");
        importRows(service, "/posts", posts(users, SHORT_POSTS, WORDS));
        var hostile = service.as(Tokens.of(HOSTILE, "users:write"), "POST", "/users", "{\"name\":\"Eve\"}");
        return new SiegeData(users, posts, id(hostile.body()));
    }

    private static String posts(List<Long> users, int count, String content) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"title\":\"lorem ipsum dolor\",\"content\":\"%s\",\"userId\":%d}"
                        .formatted(content, users.get(i % USERS)))
                .collect(Collectors.joining("\n"));
    }

    private static void importRows(Service service, String path, String rows) throws IOException, InterruptedException {
        var answer = service.send("POST", path, "application/x-ndjson", BodyPublishers.ofString(rows));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private static List<Long> ids(Service service, String path) throws IOException, InterruptedException {
        var rows = service.get(path + "?fields=id&limit=" + USERS).body();
        var ids =
                ID.matcher(rows).results().map(id -> Long.valueOf(id.group(1))).toList();
        assertEquals(USERS, ids.size(), rows);
        return ids;
    }

    static long id(String json) {
        var id = ID.matcher(json);
        if (!id.find()) {
            throw new AssertionError("No id in " + json);
        }
        return Long.parseLong(id.group(1));
    }
}
