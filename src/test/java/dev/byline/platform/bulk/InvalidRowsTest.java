package dev.byline.platform.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.byline.post.PostInput;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class InvalidRowsTest {

    private final InvalidRows bad = new InvalidRows();

    @Test
    void keepsNothingOfTheRowsThemselves() throws InterruptedException {
        var failure = new WeakReference<>(add("{\"userId\":\"x\"}"));
        for (int tries = 0; tries < 50 && failure.get() != null; tries++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(failure.get());
        assertEquals("#/userId", bad.problem().errors().getFirst().pointer());
    }

    @Test
    void namesLongMembersByTheirBeginning() {
        add("{\"" + "é".repeat(40_000) + "\":7}");
        var error = bad.problem().errors().getFirst();
        assertEquals("#/" + "é".repeat(50) + "…", error.pointer());
        assertEquals("unknown", error.code());
    }

    private Exception add(String row) {
        try {
            throw new AssertionError(new ObjectMapper().readValue(row, PostInput.class));
        } catch (JsonProcessingException e) {
            bad.add(RowPosition.on(1), e);
            return e;
        }
    }
}
