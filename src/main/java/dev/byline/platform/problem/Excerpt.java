package dev.byline.platform.problem;

/// The beginning of a text that a client has sent, short enough to be repeated in an answer.
public final class Excerpt {

    /// In code points, so that no surrogate pair is cut in two.
    private static final int MOST = 50;

    private Excerpt() {}

    /// The text itself, or its first fifty characters and an ellipsis.
    public static String of(String text) {
        return text.codePointCount(0, text.length()) <= MOST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST)) + "…";
    }
}
