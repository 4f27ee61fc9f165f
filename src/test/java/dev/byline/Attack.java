package dev.byline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// What hostile clients do to the service.
enum Attack {
    HELD_BODIES("bodies of 1 MB without their last byte, no token", 300, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            hold(client, "/users", "");
        }
    },
    HELD_BODIES_WITH_TOKEN("the same, each with a token of its own", 100, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            hold(client, "/posts", bearer(Tokens.of("holder-" + client.number(), "posts:write")));
        }
    },
    SLOW_HEADERS("a header a byte a second; 19 kB of header without end", 120, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            client.open();
            client.sendBeside(out -> {
                out.write("GET /users HTTP/1.1\r\nHost: byline\r\nX-Long: ".getBytes(US_ASCII));
                if (client.number() % 2 == 0) {
                    out.write("x".repeat(19_000).getBytes(US_ASCII));
                }
                while (client.number() % 2 == 1) {
                    out.write('x');
                    Thread.sleep(1000);
                }
            });
            client.answer();
        }
    },
    UNREAD_ANSWERS("10 requests for long answers, nothing read or a byte a second", 120, 300) {
        @Override
        void once(HostileClient client) throws IOException, InterruptedException {
            var path = client.number() % 4 < 2
                    ? "/posts?limit=1000"
                    : "/posts/" + client.data().posts().get(client.number() % SiegeData.USERS);
            client.open(SMALL);
            client.sendBeside(out -> {
                for (int i = 0; i < 10; i++) { // more are refused
                    out.write(get(path, "").getBytes(US_ASCII));
                }
            });
            if (client.answer()) {
                stall(client, get(path, ""));
            }
        }
    },
    UNREAD_EXPORTS("exports, nothing read or a byte a second", 50, 300) {
        @Override
        void once(HostileClient client) throws IOException, InterruptedException {
            var request = get("/posts", "Accept: application/x-ndjson\r\n");
            client.open(SMALL);
            client.send(request);
            if (client.answer()) {
                stall(client, request);
            }
        }
    },
    SLOW_UPLOADS("uploads a row a second: no token, one that may not, one that may", 60, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            int who = client.number() % 3;
            var path = who == 2 ? "/users/" + client.data().hostileUser() + "/posts" : "/posts";
            var token = who == 0
                    ? ""
                    : bearer(
                            who == 1
                                    ? Tokens.of("nobody", "posts:write")
                                    : Tokens.of(SiegeData.HOSTILE, "posts:write"));
            boolean csv = client.number() % 2 == 0;
            client.open();
            client.sendBeside(out -> {
                var type = csv ? "text/csv" : "application/x-ndjson";
                out.write(post(path, token + "Content-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n"));
                out.write(chunk(csv ? "title,content\n" : ""));
                while (true) {
                    out.write(chunk(csv ? "t,c\n" : "{\"title\":\"t\",\"content\":\"c\"}\n"));
                    Thread.sleep(1000);
                }
            });
            client.answer();
        }
    },
    LARGE_PAGES("pages of 300 users with their posts of 100 kB", 20, 100) {
        @Override
        void once(HostileClient client) throws IOException {
            ask(client, get("/users?embed=posts&limit=300", CLOSE));
        }
    },
    LONG_HEADERS("16,000 slashes, 4,500 parameters of Accept, 19,000 characters of Prefer", 40, 300) {
        private static final List<String> REQUESTS = List.of(
                "POST /" + "/".repeat(16_000) + "x HTTP/1.1\r\nHost: byline\r\nContent-Type: text/csv\r\n"
                        + "Content-Length: 1\r\n" + CLOSE + "\r\nx",
                get("/" + "/".repeat(16_000) + "x", CLOSE),
                get("/users", "Accept: a/b" + ";a=b".repeat(4500) + "\r\n" + CLOSE),
                get("/users", "Accept: a/b" + ";a=\"b\" ".repeat(2700) + "\"\r\n" + CLOSE),
                get("/users", "Prefer: " + "a".repeat(19_000) + "\r\n" + CLOSE),
                get("/users", "Prefer: " + "a;b=\"c\",".repeat(2375) + "\r\n" + CLOSE),
                get("/users", "Prefer: a" + " ".repeat(18_000) + "b\r\n" + CLOSE));

        @Override
        void once(HostileClient client) throws IOException {
            ask(client, REQUESTS.get(ThreadLocalRandom.current().nextInt(REQUESTS.size())));
        }
    },
    COSTLY_QUERIES("100 patterns at once, searches for frequent words, exact counts", 60, 300) {
        private static final List<String> REQUESTS = List.of(
                get("/posts?limit=1" + "&title:contains=lor".repeat(100), CLOSE),
                get("/posts?limit=1&title:contains=ips" + "&title:contains=dol".repeat(99), CLOSE),
                get("/posts?q=lorem%20or%20ipsum%20or%20dolor%20or%20amet%20or%20tempor", CLOSE),
                get("/posts?q=lorem%20ipsum%20dolor%20amet&limit=1000&fields=id", CLOSE),
                get("/posts?limit=1&title:contains=lor", "Prefer: count=exact\r\n" + CLOSE),
                get("/posts?limit=1&q=lorem&user.name:contains=d", "Prefer: count=exact\r\n" + CLOSE));

        @Override
        void once(HostileClient client) throws IOException {
            ask(client, REQUESTS.get(ThreadLocalRandom.current().nextInt(REQUESTS.size())));
        }
    },
    BAD_TOKENS("tokens with a bad signature, expired and unsigned ones", 40, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            ask(
                    client,
                    new String(post("/posts", bearer(badToken()) + JSON + "Content-Length: 2\r\n" + CLOSE), US_ASCII)
                            + "{}");
        }

        private static String badToken() {
            var claims = Tokens.claims("nobody");
            claims.put("scope", "admin");
            switch (ThreadLocalRandom.current().nextInt(3)) {
                case 0 -> {
                    return Tokens.unsigned(claims);
                }
                case 1 -> {
                    claims.put("exp", Instant.now().getEpochSecond() - 3600);
                    return Tokens.of(claims);
                }
                default -> {
                    var forged = new byte[256]; // never the same twice: what is remembered does not help
                    ThreadLocalRandom.current().nextBytes(forged);
                    var good = Tokens.of(claims);
                    return good.substring(0, good.lastIndexOf('.') + 1) + Tokens.base64(forged);
                }
            }
        }
    },
    BAD_ROWS("imports of 101 bad rows of a million characters", 2, 6) {
        private static final int ROWS = 101;
        private static final byte[] ROW = ("t," + "x".repeat(1_000_000 - 3) + "\n").getBytes(US_ASCII);

        @Override
        void once(HostileClient client) throws IOException {
            var header = "title,content\n".getBytes(US_ASCII);
            client.open();
            client.sendBeside(out -> {
                out.write(post(
                        "/users/" + client.data().hostileUser() + "/posts",
                        bearer(Tokens.of(SiegeData.HOSTILE, "posts:write")) + "Content-Type: text/csv\r\n"
                                + "Content-Length: " + (header.length + ROWS * ROW.length) + "\r\n" + CLOSE));
                out.write(header);
                for (int i = 0; i < ROWS; i++) {
                    out.write(ROW);
                }
            });
            client.answer();
            client.drain();
        }
    },
    MALFORMED("odd sizes of chunks, two lengths and other bad framing", 48, 300) {
        private static final List<String> REQUESTS = List.of(
                chunked("100000002\r\n{}\r\n0\r\n\r\n"),
                chunked("ffffffffffffffff\r\n{}"),
                chunked("7fffffff\r\n{}"),
                chunked("-1\r\n{}\r\n0\r\n\r\n"),
                chunked("0x2\r\n{}\r\n0\r\n\r\n"),
                chunked("2;" + "x".repeat(10_000) + "\r\n{}\r\n0\r\n\r\n"),
                chunked("2\n{}\n0\n\n"),
                "POST /users HTTP/1.1\r\nHost: byline\r\n" + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "POST /users HTTP/1.1\r\nHost: byline\r\n" + JSON
                        + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                "POST /users HTTP/1.1\r\nHost: byline\r\n" + JSON + "Content-Length: 99999999999999999999\r\n\r\n{}",
                "POST /users HTTP/1.1\r\nHost: byline\r\n" + JSON + "Transfer-Encoding: chunked, gzip\r\n\r\n{}",
                "GET /users HTTP/1.1\r\nHost : byline\r\n\r\n",
                "GET /users HTTP/9.9\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n");

        @Override
        void once(HostileClient client) throws IOException {
            client.open();
            client.send(REQUESTS.get(ThreadLocalRandom.current().nextInt(REQUESTS.size())));
            client.answer();
        }

        private static String chunked(String body) {
            return "POST /users HTTP/1.1\r\nHost: byline\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + body;
        }
    },
    CONNECTIONS("connections that are closed at once, with FIN or RST", 40, 300) {
        @Override
        void once(HostileClient client) throws IOException {
            client.open();
            if (ThreadLocalRandom.current().nextBoolean()) {
                client.reset();
            }
        }
    };

    private static final String CLOSE = "Connection: close\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    /// The receive buffer of whoever does not want to receive, in bytes.
    private static final int SMALL = 4096;

    private static final int BODY = 1 << 20;

    /// Between two times, in milliseconds: they are to take what the service holds, not the cores that it shares with
    /// them here.
    static final int PAUSE = 3000;

    private final String title;
    private final int together;
    private final int alone;

    /// @param together how many connections do it while others do something else
    /// @param alone how many do it when it is all that is done
    Attack(String title, int together, int alone) {
        this.title = title;
        this.together = together;
        this.alone = alone;
    }

    /// Does it once on one connection, which is closed afterwards. Ends early when the client is stopped.
    abstract void once(HostileClient client) throws IOException, InterruptedException;

    String title() {
        return title;
    }

    int together() {
        return together;
    }

    int alone() {
        return alone;
    }

    private static void hold(HostileClient client, String path, String headers) throws IOException {
        client.open();
        client.sendBeside(out -> {
            out.write(post(path, headers + JSON + "Content-Length: " + BODY + "\r\n"));
            out.write("{\"name\":\"".getBytes(US_ASCII));
            var part = new byte[1 << 14];
            Arrays.fill(part, (byte) 'x');
            int left = BODY - "{\"name\":\"".length() - 1;
            for (; left > part.length; left -= part.length) {
                out.write(part);
            }
            out.write(part, 0, left);
        });
        client.answer();
    }

    private static void stall(HostileClient client, String request) throws IOException, InterruptedException {
        if (client.number() % 2 == 0) {
            client.readNothing(request);
        } else {
            client.readSlowly();
        }
    }

    private static void ask(HostileClient client, String request) throws IOException {
        client.open();
        client.send(request);
        client.answer();
        client.drain();
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: byline\r\n" + headers + "\r\n";
    }

    private static byte[] post(String path, String headers) {
        return ("POST " + path + " HTTP/1.1\r\nHost: byline\r\n" + headers + "\r\n").getBytes(US_ASCII);
    }

    private static byte[] chunk(String text) {
        // One without bytes would be the last.
        return text.isEmpty()
                ? new byte[0]
                : (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(US_ASCII);
    }
}
