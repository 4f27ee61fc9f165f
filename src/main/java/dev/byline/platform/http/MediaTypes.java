package dev.byline.platform.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The grammar and the meaning of `Content-Type`, `Accept` and `Accept-Encoding`: RFC 9110, sections 8.3.1, 12.5.1 and
/// 12.5.3.
public final class MediaTypes {

    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";

    /// A media type, a media range, or a coding.
    ///
    /// @param essence its name in lower case, as `application/json`, `text/*` or `gzip`
    /// @param parameters by their names in lower case
    public record MediaType(String essence, Map<String, String> parameters) {

        /// How exactly it matches a type: 2 for the type itself, 1 for `type/*`, 0 for `*/*`, -1 for no match.
        private int specificity(String type) {
            if (essence.equals(type)) {
                return 2;
            }
            if (essence.endsWith("/*") && type.startsWith(essence.substring(0, essence.length() - 1))) {
                return 1;
            }
            return essence.equals("*/*") ? 0 : -1;
        }

        private double weight() {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        }
    }

    private MediaTypes() {}

    /// Whether a body of this type has any number of rows.
    ///
    /// @param type without parameters; null where there is none
    public static boolean hasRows(String type) {
        return NDJSON.equals(type) || CSV.equals(type);
    }

    /// One media type with its parameters.
    public static Optional<MediaType> parse(String text) {
        var field = new FieldValue(text);
        var type = read(field.skipSpace());
        return field.skipSpace().isAtEnd() ? Optional.ofNullable(type) : Optional.empty();
    }

    /// The type that an `Accept` prefers: the one with the highest weight. Among equal weights it is the type that
    /// the header matches most exactly, then the one that the header lists first, then the first one in `types`.
    /// The weight of a type is that of the range that matches it most exactly. An invalid value is ignored.
    public static Optional<String> preferred(String accept, List<String> types) {
        var ranges = new FieldValue(accept).list(MediaTypes::read).orElse(List.of());
        if (ranges.isEmpty()) {
            return types.stream().findFirst();
        }
        return types.stream()
                .flatMap(type -> choice(type, ranges).stream())
                .filter(choice -> choice.weight > 0)
                .min(Comparator.comparing(Choice::weight)
                        .thenComparing(Choice::specificity)
                        .reversed()
                        .thenComparing(Choice::place))
                .map(Choice::type);
    }

    /// How a list of ranges rates a type.
    ///
    /// @param place of the range in the list
    private record Choice(String type, double weight, int specificity, int place) {}

    /// @return empty where no range matches the type
    private static Optional<Choice> choice(String type, List<MediaType> ranges) {
        return IntStream.range(0, ranges.size())
                .mapToObj(i ->
                        new Choice(type, ranges.get(i).weight(), ranges.get(i).specificity(type), i))
                .filter(choice -> choice.specificity >= 0)
                .max(Comparator.comparing(Choice::specificity).thenComparing(Choice::weight));
    }

    /// Whether an `Accept-Encoding` lists this coding, and not with the weight 0. An invalid value lists none.
    public static boolean accepts(String acceptEncoding, String coding) {
        return new FieldValue(acceptEncoding)
                .list(field -> withParameters(field.token(), field)).orElse(List.of()).stream()
                        .anyMatch(each -> each.essence.equals(coding) && each.weight() > 0);
    }

    /// @return null where there is none
    private static MediaType read(FieldValue field) {
        var type = field.token();
        var subtype = field.skip('/') ? field.token() : "";
        return withParameters(type.isEmpty() || subtype.isEmpty() ? "" : type + "/" + subtype, field);
    }

    private static MediaType withParameters(String essence, FieldValue field) {
        var parameters = essence.isEmpty() ? null : parameters(field);
        return parameters == null ? null : new MediaType(essence.toLowerCase(Locale.ROOT), parameters);
    }

    /// @return null where they are invalid
    private static Map<String, String> parameters(FieldValue field) {
        var parameters = new HashMap<String, String>();
        while (field.skipSpace().skip(';')) {
            var name = field.skipSpace().token().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                continue; // a semicolon may be followed by nothing
            }
            var value = field.skip('=') ? field.tokenOrQuotedString() : null;
            if (value == null || name.equals("q") && !isWeight(value)) {
                return null;
            }
            parameters.put(name, value);
        }
        return parameters;
    }

    /// RFC 9110, section 12.4.2: 0 to 1 with up to three decimals.
    private static boolean isWeight(String value) {
        boolean isOne = value.startsWith("1");
        var decimals = value.length() > 1 ? value.substring(2) : "";
        return (isOne || value.startsWith("0"))
                && (value.length() == 1 || value.charAt(1) == '.')
                && decimals.length() <= 3
                && decimals.chars().allMatch(c -> c == '0' || !isOne && c > '0' && c <= '9');
    }
}
