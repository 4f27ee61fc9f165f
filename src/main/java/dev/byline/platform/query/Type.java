package dev.byline.platform.query;

import dev.byline.platform.http.Digits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// What the values of a field are, and how they are written in a query.
public enum Type {
    LONG("must be a whole number of 64 bits") {
        @Override
        Object parse(String text) {
            return Long.valueOf(digits(text));
        }
    },
    INTEGER("must be a whole number of 32 bits") {
        @Override
        Object parse(String text) {
            return Integer.valueOf(digits(text));
        }
    },
    TEXT("must not have the character U+0000") {
        @Override
        Object parse(String text) {
            // Half of a surrogate pair has no UTF-8. A parameter cannot contain one, but a forged cursor can.
            if (text.codePoints()
                    .anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new IllegalArgumentException();
            }
            return text;
        }
    },
    TIME("must be a time of RFC 3339: 2026-11-22T09:00:00Z, an offset's + written as %2B") {
        @Override
        Object parse(String text) {
            try {
                var time = OffsetDateTime.parse(text).toInstant();
                if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                    throw new IllegalArgumentException();
                }
                return time;
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        }
    },
    RANK("must be a number") {
        @Override
        Object parse(String text) {
            var rank = Float.valueOf(text);
            if (!Float.isFinite(rank)) {
                throw new IllegalArgumentException();
            }
            return rank;
        }
    };

    /// RFC 3339 has years of four digits.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    final String expectation;

    Type(String expectation) {
        this.expectation = expectation;
    }

    /// @throws IllegalArgumentException when the text is not such a value
    abstract Object parse(String text);

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

    private static String digits(String text) {
        if (!Digits.isSignedNumber(text, 19)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
