package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.query.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The members of a row that the server sets, except where an import keeps them.
public record ServerValues(long id, Instant createdAt, Instant updatedAt, long version) {

    static final Set<String> NUMBERS = Set.of("id", "version");

    /// The id of no row is greater: the database skips all ids up to the greatest one that is kept.
    private static final long MOST_ID = Integer.MAX_VALUE;

    /// These members of the row that is being read, as they were sent. The reader of the rows has it as an attribute,
    /// by its class, if the import keeps them.
    public static final class Sent {

        private final Map<String, JsonNode> members = new HashMap<>();

        public void put(String member, JsonNode value) {
            members.put(member, value);
        }

        void clear() {
            members.clear();
        }

        /// @throws ProblemException when one is missing or invalid
        ServerValues values() {
            var errors = new ArrayList<Violation>();
            var values = new ServerValues(
                    number("id", 1, MOST_ID, errors),
                    time("createdAt", errors),
                    time("updatedAt", errors),
                    number("version", 0, Long.MAX_VALUE - 1, errors));
            if (!errors.isEmpty()) {
                throw new ProblemException(ProblemType.VALIDATION, errors);
            }
            return values;
        }

        private long number(String member, long least, long most, List<Violation> errors) {
            var value = members.get(member);
            if (isMissing(value)) {
                errors.add(violation(member, "required", "is required"));
            } else if (!value.isIntegralNumber()) {
                errors.add(violation(member, "type", "must be a whole number"));
            } else if (!value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
                errors.add(violation(member, "range", "must be from " + least + " to " + most));
            } else {
                return value.asLong();
            }
            return least;
        }

        private Instant time(String member, List<Violation> errors) {
            var value = members.get(member);
            if (isMissing(value)) {
                errors.add(violation(member, "required", "is required"));
                return null;
            }
            try {
                return ((Instant) Type.TIME.parse(value.asText())).truncatedTo(ChronoUnit.MICROS);
            } catch (IllegalArgumentException e) {
                errors.add(violation(member, "format", "must be a time of RFC 3339: 2026-11-22T09:00:00Z"));
                return null;
            }
        }

        private static boolean isMissing(JsonNode value) {
            return value == null || value.isNull();
        }

        private static Violation violation(String member, String code, String detail) {
            return Violation.ofMember("#/" + member, code, detail);
        }
    }
}
