package dev.byline.platform.http;

/// Whole numbers as clients write them. Java's own methods would also accept a plus, and digits of other scripts.
public final class Digits {

    private Digits() {}

    /// Whether the text is 1 to `most` decimal digits.
    public static boolean isNumber(String text, int most) {
        return text.length() <= most && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// As {@link #isNumber}, with an optional minus sign.
    public static boolean isSignedNumber(String text, int most) {
        return isNumber(text.startsWith("-") ? text.substring(1) : text, most);
    }
}
