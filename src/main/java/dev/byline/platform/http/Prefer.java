package dev.byline.platform.http;

import dev.byline.platform.problem.Nearest;
import dev.byline.platform.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The preferences of a request, by RFC 7240. An unknown preference is ignored, as the RFC requires. An unknown
/// value of a known preference is refused: a client that mistypes `tx=rollback` does not want to write.
public final class Prefer {

    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";

    /// With {@link #KEEP}, an import keeps the members of its rows that otherwise only the server sets.
    public static final String SERVER_MEMBERS = "server-members";

    public static final String KEEP = "keep";

    private static final Set<String> KNOWN = Set.of("count", "max-affected", "return", SERVER_MEMBERS, "tx");

    private final Map<String, String> sent = new HashMap<>();

    private Prefer() {}

    /// @throws ProblemException 400 when it is malformed: the part that cannot be read may contain `tx=rollback`
    public static Prefer of(HttpServerRequest request) {
        var prefer = new Prefer();
        for (var line : request.headers().getAll(HEADER)) {
            new FieldValue(line)
                    .list(Prefer::preference)
                    .orElseThrow(Prefer::malformed)
                    .forEach(each -> prefer.sent.putIfAbsent(each.getKey(), each.getValue())); // the first one counts
        }
        return prefer;
    }

    /// @return null where there is none
    private static Map.Entry<String, String> preference(FieldValue field) {
        var name = field.token().toLowerCase(Locale.ROOT);
        var value = valueAfterEquals(field);
        skipParameters(field);
        return name.isEmpty() ? null : Map.entry(name, value);
    }

    /// Byline ignores the parameters of a preference. It refuses a parameter with the name of a known preference,
    /// because the client meant it as a preference.
    private static void skipParameters(FieldValue field) {
        while (field.skipSpace().skip(';')) {
            var name = field.skipSpace().token().toLowerCase(Locale.ROOT);
            valueAfterEquals(field);
            if (KNOWN.contains(name)) {
                throw refused(
                        "malformed", name + " is a preference of its own: put a comma before it, not a semicolon");
            }
        }
    }

    /// @return empty where there is no equals sign
    private static String valueAfterEquals(FieldValue field) {
        if (!field.skipSpace().skip('=')) {
            return "";
        }
        var value = field.skipSpace().tokenOrQuotedString();
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    private static ProblemException malformed() {
        return refused("malformed", "must be a list as in return=minimal, tx=rollback");
    }

    /// @throws ProblemException 400 when the value is not one of these
    public Optional<String> oneOf(String name, String... values) {
        var value = Optional.ofNullable(sent.get(name)).map(text -> text.toLowerCase(Locale.ROOT));
        if (value.isPresent() && !List.of(values).contains(value.get())) {
            throw refused("unknown", name + ": " + Nearest.hint(value.get(), List.of(values)));
        }
        return value;
    }

    /// @throws ProblemException 400 when the value is not a whole number of at most 18 digits
    public Optional<Long> number(String name) {
        var value = Optional.ofNullable(sent.get(name));
        if (value.isPresent() && !Digits.isNumber(value.get(), 18)) {
            throw refused("type", name + " must be a whole number");
        }
        return value.map(Long::valueOf);
    }

    public boolean keepsServerMembers() {
        return oneOf(SERVER_MEMBERS, KEEP).isPresent();
    }

    public static ProblemException refused(String code, String detail) {
        return ProblemException.ofParameter(HEADER, code, detail);
    }
}
