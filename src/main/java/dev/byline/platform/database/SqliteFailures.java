package dev.byline.platform.database;

import static dev.byline.platform.database.Meaning.AWAY;
import static dev.byline.platform.database.Meaning.CONFLICT;
import static dev.byline.platform.database.Meaning.LOCKED;
import static dev.byline.platform.database.Meaning.NOT_OF_THE_DATABASE;
import static dev.byline.platform.database.Meaning.OTHER;
import static dev.byline.platform.database.Meaning.REFERENCE;
import static dev.byline.platform.database.Meaning.RULE;
import static dev.byline.platform.database.Meaning.SCHEMA_CHANGED;
import static dev.byline.platform.database.Meaning.TOO_LONG;
import static dev.byline.platform.database.Meaning.WRONG_SCHEMA;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The failures of SQLite, by the names of its result codes. The driver has no SQLStates, and begins every message
/// with the name.
final class SqliteFailures {

    static final String SILENCE =
            "The database file cannot be opened. Give this process the right to write its folder, or correct QUARKUS_DATASOURCE_JDBC_URL.";

    private static final Pattern CODE = Pattern.compile("\\[SQLITE_(([A-Z]+)\\w*)]");

    /// What the triggers of the schema say (`db/sqlite`). SQLite itself names no column.
    private static final Pattern FOREIGN_KEY = Pattern.compile("FOREIGN KEY constraint failed: (\\w+)\\.(\\w+)");

    private static final Pattern NO_SUCH = Pattern.compile("no such (table|column)|has no column");

    private SqliteFailures() {}

    static Meaning meaning(SQLException failure) {
        var code = code(failure);
        if (code.isEmpty()) {
            return NOT_OF_THE_DATABASE;
        }
        return switch (code.get().group(1)) {
            // Another transaction has written since this one has first read.
            case "BUSY_SNAPSHOT" -> CONFLICT;
            case "CONSTRAINT_TRIGGER" -> FOREIGN_KEY.matcher(text(failure)).find() ? REFERENCE : RULE;
            default -> ofFamily(code.get().group(2), failure);
        };
    }

    private static Meaning ofFamily(String code, SQLException failure) {
        return switch (code) {
            case "BUSY", "LOCKED" -> LOCKED;
            case "INTERRUPT" -> TOO_LONG;
            case "CONSTRAINT" -> RULE;
            case "READONLY", "CANTOPEN", "FULL", "IOERR", "NOTADB", "CORRUPT", "PERM", "NOMEM" -> AWAY;
            case "SCHEMA" -> SCHEMA_CHANGED;
            default -> NO_SUCH.matcher(text(failure)).find() ? WRONG_SCHEMA : OTHER;
        };
    }

    static Reference reference(SQLException failure) {
        var key = FOREIGN_KEY.matcher(text(failure));
        if (!key.find()) {
            throw new IllegalArgumentException(failure);
        }
        return new Reference(key.group(1), key.group(2));
    }

    static Optional<String> remedy(SQLException refusal) {
        return switch (code(refusal).map(code -> code.group(2)).orElse("")) {
            case "READONLY", "PERM" ->
                Optional.of(
                        "The database file cannot be written. Give this process the right to write the file and its folder, or correct QUARKUS_DATASOURCE_JDBC_URL.");
            case "CANTOPEN" -> Optional.of(SILENCE);
            case "FULL" -> Optional.of("The disk of the database is full. Free space on it, or enlarge it.");
            case "IOERR" -> Optional.of("The database file cannot be read or written. Check its disk.");
            case "NOTADB" -> Optional.of("The database file is none of SQLite. Correct QUARKUS_DATASOURCE_JDBC_URL.");
            case "CORRUPT" -> Optional.of("The database file is damaged. Restore a backup.");
            default ->
                meaning(refusal) == WRONG_SCHEMA
                        ? Optional.of(
                                "The database has not the schema that this version needs. Migrate it, or correct QUARKUS_DATASOURCE_JDBC_URL.")
                        : Optional.empty();
        };
    }

    private static Optional<Matcher> code(SQLException failure) {
        return Optional.of(CODE.matcher(text(failure))).filter(Matcher::lookingAt);
    }

    private static String text(SQLException failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }
}
