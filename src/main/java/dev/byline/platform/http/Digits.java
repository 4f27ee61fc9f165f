package dev.byline.platform.http;

/// Whole numbers as clients write them. Java's own methods would take the digits of every script, and a plus.
public final class Digits {

    private Digits() {}

    /// Whether the text is 1 to `most` decimal digits.
    public static boolean isNumber(String text, int most) {
        return text.length() <= most && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// As {@link #isNumber}, or such a number after a minus.
    public static boolean isSignedNumber(String text, int most) {
        return isNumber(text.startsWith("-") ? text.substring(1) : text, most);
    }
}
