package dev.byline.platform.persistence;

import static dev.byline.Api.json;
import static dev.byline.Api.request;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.Given;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Updates are never lost, whatever the writers do at the same time.
@QuarkusTest
public class ConcurrentWritersTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 8;

    @Test
    void addsUpWhatManyWritersCountOnTheVersionTheyHaveSeen() throws Exception {
        long id = Given.user("Counter", 0);
        inParallel(() -> {
            for (int done = 0; done < WRITES; ) {
                var seen = request().get("/users/" + id);
                int status = json(Map.of("age", seen.jsonPath().getInt("age") + 1))
                        .header("If-Match", seen.header("ETag"))
                        .patch("/users/" + id)
                        .statusCode();
                if (status == 200) {
                    done++;
                } else {
                    assertEquals(412, status);
                }
            }
            return null;
        });
        request().get("/users/" + id).then().body("age", is(WRITERS * WRITES)).body("version", is(WRITERS * WRITES));
    }

    @Test
    void countsEveryWriteWhenNobodyAsksForAVersion() throws Exception {
        long post = Given.post(Given.user());
        var turn = new AtomicInteger();
        inParallel(() -> {
            // Some change the title, some the content; none may undo the other's, and none is turned away.
            var member = turn.getAndIncrement() % 2 == 0 ? "title" : "content";
            for (int i = 1; i <= WRITES; i++) {
                var value = member + " " + UUID.randomUUID();
                var answer = json(Map.of(member, value)).patch("/posts/" + post);
                while (answer.statusCode() == 503) { // on a machine that pauses, the wait for the row can be too long
                    answer = json(Map.of(member, value)).patch("/posts/" + post);
                }
                answer.then().statusCode(200).body(member, is(value));
            }
            return null;
        });
        request()
                .get("/posts/" + post)
                .then()
                .body("version", is(WRITERS * WRITES))
                .body("title", startsWith("title "))
                .body("content", startsWith("content "));
    }

    private static void inParallel(Callable<Void> writer) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var result : threads.invokeAll(Collections.nCopies(WRITERS, writer))) {
                result.get();
            }
        }
    }
}
