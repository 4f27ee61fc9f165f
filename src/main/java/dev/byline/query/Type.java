package dev.byline.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

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
            // Half of a surrogate pair has no UTF-8. No parameter has one, but an invented cursor may.
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
                var time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
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

    /// @throws IllegalArgumentException when the text is no such value
    abstract Object parse(String text);

    private static String digits(String text) {
        if (!Digits.isSignedNumber(text, 19)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
