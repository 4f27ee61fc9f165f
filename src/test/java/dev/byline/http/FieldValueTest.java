package dev.byline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldValueTest {

    @Test
    void readsMediaTypes() {
        for (var type : List.of(
                "text/csv",
                "text/csv;",
                "text/csv ; charset=UTF-8",
                "a/b;c=\"d;e,\\\"\";;f=g",
                "application/json;\tq=1")) {
            assertTrue(MediaTypes.isOne(type), type);
        }
        for (var none : List.of(
                "",
                "/",
                "a/",
                "/b",
                "a",
                "a b/c",
                "a/b c",
                "a/b;c",
                "a/b;c=",
                "a/b;c=\"d",
                "a/b;c=\"d\\\"",
                "a/b;=c",
                "a/b,c/d")) {
            assertFalse(MediaTypes.isOne(none), none);
        }
        for (var none : List.of(
                "", ",", "a/b c/d", "a/b;;=", "a", "a/b;q=", "a/b;q=2", "a/b;q=.5", "a/b;q=0.1234", "a/b;q=1.1")) {
            assertNull(MediaTypes.canonicalList(none), none);
        }
        assertEquals(
                "a/b;q=0.5, */*, c/d;q=1.000",
                MediaTypes.canonicalList(",, a/b;c=\"d,e\" ;q=0.5 ,,*/*; , c/d;Q=1.000;e=f,"));
        assertEquals("text/csv", MediaTypes.essence(" Text/CSV ; charset=UTF-8"));
    }

    @Test
    void readsQuotedStrings() {
        assertEquals("a\"b\\", new FieldValue("\"a\\\"b\\\\\"").quotedString());
        assertEquals("", new FieldValue("\"\"").quotedString());
        for (var none : List.of("", "a", "\"", "\"a", "\"a\\", "\"a\\\"")) {
            assertNull(new FieldValue(none).quotedString(), none);
        }
    }
}
