package dev.byline.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldValueTest {

    @Test
    void readsQuotedStrings() {
        assertEquals("a\"b\\", new FieldValue("\"a\\\"b\\\\\"").quotedString());
        assertEquals("", new FieldValue("\"\"").quotedString());
        for (var none : List.of("", "a", "\"", "\"a", "\"a\\", "\"a\\\"")) {
            assertNull(new FieldValue(none).quotedString(), none);
        }
    }
}
