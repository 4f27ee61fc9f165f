package dev.byline.http;

import dev.byline.problem.Nearest;
import dev.byline.problem.Problem.Violation;
import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request would rather have, by RFC 7240. A preference that Byline does not know is passed over, as the RFC
/// wants. A value that it does not know is refused: who mistypes `tx=rollback` means to write nothing.
public final class Prefer {

    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String VALUE = "(" + TOKEN + ")|\"([^\"]*)\"";

    /// One preference; its parameters, which follow semicolons, say nothing to Byline.
    private static final Pattern PREFERENCE = Pattern.compile(
            "[\\s,]*(" + TOKEN + ")(?:\\s*=\\s*(?:" + VALUE + "))?\\s*(?:;(?:[^,\"]|\"[^\"]*\")*)?(?:,[\\s,]*|$)");

    private final Map<String, String> sent = new LinkedHashMap<>();

    private Prefer() {}

    /// @throws ProblemException 400 when it cannot be read to its end, where `tx=rollback` may stand
    public static Prefer of(HttpServerRequest request) {
        return of(request.headers().getAll(HEADER));
    }

    static Prefer of(List<String> headers) {
        var prefer = new Prefer();
        for (var header : headers) {
            var preference = PREFERENCE.matcher(header);
            while (preference.lookingAt()) {
                var value = preference.group(2) == null ? preference.group(3) : preference.group(2);
                // The first one counts.
                prefer.sent.putIfAbsent(preference.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
                preference.region(preference.end(), header.length());
            }
            if (preference.regionStart() < header.strip().length()) {
                throw refused("malformed", "must be a list as in return=minimal, tx=rollback");
            }
        }
        return prefer;
    }

    /// The value of the preference, empty where it was not sent.
    ///
    /// @throws ProblemException 400 when it is none of these
    public Optional<String> oneOf(String name, String... values) {
        var value = Optional.ofNullable(sent.get(name));
        if (value.isPresent() && !List.of(values).contains(value.get())) {
            throw refused("unknown", name + ": " + Nearest.hint(value.get(), List.of(values)));
        }
        return value;
    }

    /// The value of the preference, empty where it was not sent.
    ///
    /// @throws ProblemException 400 when it is no whole number of at most 18 digits
    public Optional<Long> number(String name) {
        var value = Optional.ofNullable(sent.get(name));
        if (value.isPresent() && !value.get().matches("[0-9]{1,18}")) {
            throw refused("type", name + " must be a whole number");
        }
        return value.map(Long::valueOf);
    }

    private static ProblemException refused(String code, String detail) {
        return new ProblemException(ProblemType.PARAMETER, List.of(Violation.ofParameter(HEADER, code, detail)));
    }
}
