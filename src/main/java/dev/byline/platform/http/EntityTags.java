package dev.byline.platform.http;

import dev.byline.platform.problem.Excerpt;
import dev.byline.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/// The value of `If-Match` or `If-None-Match`: entity tags, or `*` for any (RFC 9110, section 13.1).
///
/// @param tags as they were sent, with their quotes and `W/`
public record EntityTags(boolean isAny, List<String> tags) {

    private static final String WEAK = "W/";

    /// @param lines of the header
    /// @throws ProblemException 400 when these are not entity tags
    public static Optional<EntityTags> of(String header, List<String> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var value = String.join(",", lines);
        boolean isAny = value.strip().equals("*");
        var tags = isAny
                ? List.<String>of()
                : new FieldValue(value).list(FieldValue::entityTag).orElse(List.of());
        if (!isAny && tags.isEmpty()) {
            var detail = "must be * or entity tags as they were received, in quotes, as in \"6\", not ";
            throw ProblemException.ofParameter(header, "malformed", detail + Excerpt.of(value));
        }
        return Optional.of(new EntityTags(isAny, tags));
    }

    /// Whether one of these matches by strong comparison: RFC 9110, section 8.8.3.2.
    ///
    /// @param tag null where there is none
    public boolean fitStrongly(String tag) {
        return isAny || tag != null && !tag.startsWith(WEAK) && tags.contains(tag);
    }

    /// As {@link #fitStrongly}, by weak comparison.
    public boolean fitWeakly(String tag) {
        return isAny
                || tag != null && tags.stream().anyMatch(sent -> opaque(sent).equals(opaque(tag)));
    }

    public boolean areAllWeak() {
        return !isAny && tags.stream().allMatch(tag -> tag.startsWith(WEAK));
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
