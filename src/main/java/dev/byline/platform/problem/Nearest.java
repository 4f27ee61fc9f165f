package dev.byline.platform.problem;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/// The known name that was probably meant.
public final class Nearest {

    /// Two names are near if they differ by at most one edit for this many characters.
    private static final int CHARACTERS_AN_EDIT = 3;

    /// The limit for long names.
    private static final int MOST_EDITS = 3;

    private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance(MOST_EDITS);

    private Nearest() {}

    /// `did you mean title?`, or the list of known names if none is near.
    public static String hint(String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> isNear(unknown, name))
                .min(comparingInt(name -> DISTANCE.apply(unknown, name)))
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.isEmpty() ? "none is known here" : "known: " + String.join(", ", known));
    }

    private static boolean isNear(String unknown, String name) {
        int shorter = Math.min(unknown.length(), name.length());
        int distance = DISTANCE.apply(unknown, name);
        return shorter > 1 && distance >= 0 && distance <= Math.max(1, shorter / CHARACTERS_AN_EDIT);
    }
}
