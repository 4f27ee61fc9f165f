package dev.byline.platform.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the value of a header from left to right, by the grammar of RFC 9110, section 5.6, in linear time.
public final class FieldValue {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int next;

    public FieldValue(String text) {
        this.text = text;
    }

    public boolean isAtEnd() {
        return next == text.length();
    }

    public FieldValue skipSpace() {
        while (!isAtEnd() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return this;
    }

    /// Skips the character if it is the next one, and says whether it was.
    public boolean skip(char character) {
        boolean isNext = !isAtEnd() && text.charAt(next) == character;
        next += isNext ? 1 : 0;
        return isNext;
    }

    /// A list: members with commas between them, and white space around those. It may have empty members, which are
    /// skipped.
    ///
    /// @param member reads one; its result is null where there is none
    /// @return empty where the rest is no list
    public <T> Optional<List<T>> list(Function<FieldValue, T> member) {
        var members = new ArrayList<T>();
        skipCommas();
        while (!isAtEnd()) {
            var next = member.apply(this);
            if (next == null || !skipCommas() && !isAtEnd()) {
                return Optional.empty();
            }
            members.add(next);
        }
        return Optional.of(members);
    }

    /// @return whether there was one
    private boolean skipCommas() {
        boolean any = false;
        while (skipSpace().skip(',')) {
            any = true;
        }
        return any;
    }

    /// @return empty where there is none
    public String token() {
        int start = next;
        while (!isAtEnd() && isTokenCharacter(text.charAt(next))) {
            next++;
        }
        return text.substring(start, next);
    }

    /// A quoted string without its quotes and escapes.
    ///
    /// @return null where there is none, or where it does not end
    public String quotedString() {
        if (!skip('"')) {
            return null;
        }
        var value = new StringBuilder();
        while (!skip('"')) {
            skip('\\');
            if (isAtEnd()) {
                return null;
            }
            value.append(text.charAt(next++));
        }
        return value.toString();
    }

    /// An entity tag (RFC 9110, section 8.8.3) with its quotes. It has no escapes.
    ///
    /// @return null where there is none
    public String entityTag() {
        int start = next;
        int quote = text.startsWith("W/", start) ? start + 2 : start;
        int end = text.startsWith("\"", quote) ? text.indexOf('"', quote + 1) : -1;
        if (end < 0) {
            return null;
        }
        next = end + 1;
        return text.substring(start, next);
    }

    /// @return null where there is neither a token nor a quoted string
    public String tokenOrQuotedString() {
        var token = token();
        return token.isEmpty() ? quotedString() : token;
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
