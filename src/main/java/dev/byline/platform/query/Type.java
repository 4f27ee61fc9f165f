package dev.byline.platform.query;

import dev.byline.platform.http.Digits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// What the values of a field are, and how they are written in a query.
public enum Type {
    LONG("must be a whole number of 64 bits"),
    INTEGER("must be a whole number of 32 bits"),
    TEXT("must not have the character U+0000"),
    TIME("must be a time of RFC 3339: 2026-11-22T09:00:00Z, an offset's + written as %2B"),
    RANK("must be a number");

    /// RFC 3339 has years of four digits.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    final String expectation;

    Type(String expectation) {
        this.expectation = expectation;
    }

    /// @throws IllegalArgumentException when the text is not such a value
    public Object parse(String text) {
        return switch (this) {
            case LONG -> Long.valueOf(digits(text));
            case INTEGER -> Integer.valueOf(digits(text));
            case TEXT -> check(text, text.codePoints().noneMatch(Type::isUnstorable));
            case TIME -> time(text);
            case RANK -> Float.valueOf(check(text, Float.isFinite(Float.parseFloat(text))));
        };
    }

    /// Half of a surrogate pair has no UTF-8. A parameter cannot contain one, but a forged cursor can.
    private static boolean isUnstorable(int character) {
        return character == 0 || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static Instant time(String text) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            check(text, !time.isBefore(FIRST) && !time.isAfter(LAST));
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String digits(String text) {
        return check(text, Digits.isSignedNumber(text, 19));
    }

    private static String check(String text, boolean isValid) {
        if (!isValid) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    /// The least value; null where there is none.
    Object least() {
        return switch (this) {
            case LONG -> Long.MIN_VALUE;
            case INTEGER -> Integer.MIN_VALUE;
            case TEXT -> "";
            case TIME -> FIRST;
            case RANK -> null;
        };
    }

    /// The greatest value; null where there is none.
    Object most() {
        return switch (this) {
            case LONG -> Long.MAX_VALUE;
            case INTEGER -> Integer.MAX_VALUE;
            case TIME -> LAST;
            case TEXT, RANK -> null;
        };
    }
}
