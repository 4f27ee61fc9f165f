package dev.byline.problem;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// The known name that was probably meant.
public final class Nearest {

    /// More edits than this and the names have little in common.
    private static final int MOST_EDITS = 3;

    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(MOST_EDITS);

    private Nearest() {}

    /// `did you mean title?`, or the list of what is known where nothing is near.
    public static String hint(String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(unknown, name) >= 0)
                .min(comparingInt(name -> distance(unknown, name)))
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.isEmpty() ? "none is known here" : "known: " + String.join(", ", known));
    }

    private static int distance(String unknown, String name) {
        return DISTANCE.apply(unknown, name);
    }
}
