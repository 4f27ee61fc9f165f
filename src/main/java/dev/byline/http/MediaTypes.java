package dev.byline.http;

import java.util.Locale;
import java.util.StringJoiner;

/// The grammar of `Content-Type` and `Accept`: RFC 9110, sections 8.3.1 and 12.5.1.
final class MediaTypes {

    private MediaTypes() {}

    /// Whether this is one media type, with or without parameters.
    static boolean isOne(String value) {
        var field = new FieldValue(value);
        return skipOne(field.skipSpace()) && field.skipSpace().isAtEnd();
    }

    /// Media types and ranges of them as Quarkus REST reads them: it knows neither empty members of a list nor commas
    /// in quoted strings. Of the parameters, only the weight says something to Byline.
    ///
    /// @return null where the value is no list of media types
    static String canonicalList(String value) {
        var field = new FieldValue(value);
        var ranges = new StringJoiner(", ");
        field.skipCommas();
        while (!field.isAtEnd()) {
            var range = range(field);
            if (range == null || !field.skipCommas() && !field.isAtEnd()) {
                return null;
            }
            ranges.add(range);
        }
        return ranges.length() == 0 ? null : ranges.toString();
    }

    private static String range(FieldValue field) {
        var type = typeAndSubtype(field);
        var weight = type == null ? null : weight(field);
        return weight == null ? null : type + weight;
    }

    /// The type and subtype without parameters, in small letters; empty where there is none.
    static String essence(String value) {
        if (value == null) {
            return "";
        }
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean skipOne(FieldValue field) {
        return typeAndSubtype(field) != null && weight(field) != null;
    }

    private static String typeAndSubtype(FieldValue field) {
        var type = field.token();
        var subtype = field.skip('/') ? field.token() : "";
        return type.isEmpty() || subtype.isEmpty() ? null : type + "/" + subtype;
    }

    /// @return the parameter `q`, empty where there is none; null where these are no parameters
    private static String weight(FieldValue field) {
        var weight = "";
        while (field.skipSpace().skip(';')) {
            var name = field.skipSpace().token(); // a semicolon may be followed by nothing
            if (name.isEmpty()) {
                continue;
            }
            var value = field.skip('=') ? field.tokenOrQuotedString() : null;
            if (value == null || name.equalsIgnoreCase("q") && !isWeight(value)) {
                return null;
            }
            weight = name.equalsIgnoreCase("q") ? ";q=" + value : weight;
        }
        return weight;
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
