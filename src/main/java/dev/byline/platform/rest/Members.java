package dev.byline.platform.rest;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// The members of an input, which is a record.
public final class Members {

    private Members() {}

    /// @return the member's value; null where the input has no such member
    public static Object of(Record input, String name) {
        return Arrays.stream(input.getClass().getRecordComponents())
                .filter(member -> member.getName().equals(name))
                .findFirst()
                .map(member -> value(member, input))
                .orElse(null);
    }

    static Object value(RecordComponent member, Record input) {
        try {
            return member.getAccessor().invoke(input);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a record's members can be read", e);
        }
    }
}
