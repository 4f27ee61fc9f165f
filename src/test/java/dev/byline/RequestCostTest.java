package dev.byline;

import static io.restassured.RestAssured.port;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request allocates, which does not depend on the speed of the machine. Each bound is what was recorded, and a
/// tenth more. Whoever makes a request dearer for a good reason raises its bound.
@QuarkusTest
class RequestCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// After so many requests, the JVM has compiled nearly all of their code.
    private static final int WARM_UP = 6_000;

    private static final int MEASURED = 2_000;

    @ParameterizedTest
    @CsvSource({"/users/{id}, 26500", "/users/{id}/posts, 73000", "/users/{id}/posts?embed=user, 104500"})
    void aReadAllocatesNoMoreThanBefore(String path, long bound) throws IOException {
        long user = Given.user();
        Given.postsOfLength(user, Collections.nCopies(20, 4));
        check("GET " + path.replace("{id}", String.valueOf(user)) + " HTTP/1.1\r\nHost: x\r\n\r\n", bound);
    }

    @Test
    void aCreateAllocatesNoMoreThanBefore() throws IOException {
        var post = "{\"title\":\"Hello\",\"content\":\"World\",\"userId\":" + Given.user() + "}";
        check(
                "POST /posts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + post.length()
                        + "\r\nAuthorization: Bearer " + Tokens.admin() + "\r\n\r\n" + post,
                61_000);
    }

    private static void check(String request, long bound) throws IOException {
        try (var client = new RawClient(port)) {
            send(client, request, WARM_UP);
            long before = allocatedByOthers();
            send(client, request, MEASURED);
            long bytes = (allocatedByOthers() - before) / MEASURED;
            assertTrue(bytes <= bound, "a request allocates " + bytes + " bytes, and may allocate " + bound);
        }
    }

    /// Without this thread, which is the client.
    private static long allocatedByOthers() {
        return THREADS.getTotalThreadAllocatedBytes() - THREADS.getCurrentThreadAllocatedBytes();
    }

    private static void send(RawClient client, String request, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.send(request);
            assertTrue(client.answer().startsWith("HTTP/1.1 20"), request);
        }
    }
}
