package dev.byline.platform.database;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A search as people write it (`"native image" -docker`, `this or that`), in MariaDB's boolean mode.
final class MariaDbSearch {

    /// A phrase in quotes, whose second quote may be missing, or a word. A minus before it excludes it.
    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"?|([^\\s\"]+))");

    /// What InnoDB takes for a word, if it is long enough to be in the index (`innodb_ft_min_token_size`).
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}_]{3,}");

    private MariaDbSearch() {}

    /// Empty, which finds nothing, where no word is wanted.
    static String inBooleanMode(String text) {
        var wanted = new ArrayList<String>();
        var unwanted = new ArrayList<String>();
        boolean isAlternative = false;
        for (var part = PART.matcher(text.toLowerCase(Locale.ROOT)); part.find(); ) {
            var isExcluded = !part.group(1).isEmpty();
            if ("or".equals(part.group(3)) && !isExcluded) {
                isAlternative = !wanted.isEmpty();
                continue;
            }
            var words = words(part.group(2) == null ? part.group(3) : part.group(2));
            if (words.isEmpty()) {
                continue;
            }
            var phrase = words.size() == 1 ? words.getFirst() : "\"" + String.join(" ", words) + "\"";
            if (isExcluded) {
                unwanted.add(phrase);
            } else if (isAlternative) {
                wanted.add(wanted.removeLast() + " " + phrase);
            } else {
                wanted.add(phrase);
            }
            isAlternative = false;
        }
        return wanted.isEmpty()
                ? ""
                : wanted.stream().map(words -> "+(" + words + ")").collect(joining(" "))
                        + unwanted.stream().map(words -> " -" + words).collect(joining());
    }

    private static List<String> words(String part) {
        return WORD.matcher(part).results().map(MatchResult::group).toList();
    }
}
