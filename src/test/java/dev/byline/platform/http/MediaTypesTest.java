package dev.byline.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    private static final List<String> TYPES = List.of("application/json", "application/x-ndjson", "text/csv");

    @Test
    void readsMediaTypes() {
        for (var type : List.of(
                "text/csv",
                "text/csv;",
                "text/csv ; charset=UTF-8",
                "a/b;c=\"d;e,\\\"\";;f=g",
                "application/json;\tq=1")) {
            assertTrue(MediaTypes.parse(type).isPresent(), type);
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
            assertTrue(MediaTypes.parse(none).isEmpty(), none);
        }
        var type = MediaTypes.parse(" Text/CSV ; Charset=\"utf-8\"").orElseThrow();
        assertEquals("text/csv", type.essence());
        assertEquals("utf-8", type.parameters().get("charset"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "text/csv                                   | text/csv",
                "TEXT/CSV                                   | text/csv",
                "text/csv;                                  | text/csv",
                ",, text/csv ,,                             | text/csv",
                "text/csv;header=present;x=\"a,b\"           | text/csv",
                "*/*                                        | application/json",
                "application/*                              | application/json",
                "text/*                                     | text/csv",
                "application/xml, application/*;q=0.5       | application/json",
                "text/csv;q=0.5, application/x-ndjson       | application/x-ndjson",
                "text/csv, application/json                 | text/csv",
                "application/*, text/csv                    | text/csv",
                "*/*, text/*;q=0.9                          | application/json",
                "application/json;q=0, */*;q=0.1            | application/x-ndjson",
                "application/*;q=0, */*                     | text/csv",
                "application/json;q=0.1, */*                | application/x-ndjson",
                "text/html                                  | none",
                "application/json;q=0                       | none",
                "*/*;q=0.0                                  | none",
                "application/json-seq                       | none",
                // What is no list of media types says nothing.
                "''                                         | application/json",
                "text                                       | application/json",
                "text/csv;q=2                               | application/json",
                "text/csv;q=.5                              | application/json",
                "text/csv;q=0.1234                          | application/json",
                "text/csv text/plain                        | application/json",
            })
    void choosesTheTypeThatAnAcceptPrefers(String accept, String type) {
        assertEquals(type, MediaTypes.preferred(accept, TYPES).orElse(null));
    }
}
