package dev.byline.platform.rest;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/// The members of an input, which is a record.
public final class Members {

    private Members() {}

    /// The member with this name; empty if the input has none. To look it up takes longer than to read it.
    public static Optional<RecordComponent> of(Class<? extends Record> input, String name) {
        return Arrays.stream(input.getRecordComponents())
                .filter(member -> member.getName().equals(name))
                .findFirst();
    }

    public static Object value(RecordComponent member, Record input) {
        try {
            return member.getAccessor().invoke(input);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a record's members can be read", e);
        }
    }
}
