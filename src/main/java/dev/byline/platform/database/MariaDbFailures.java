package dev.byline.platform.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The failures of MariaDB and MySQL, by their error numbers, and by their SQLStates where that is enough.
final class MariaDbFailures {

    static final String SILENCE = "The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.";

    /// @param numbers of errors; empty where the beginning of the SQLState is enough
    private record Remedy(Set<Integer> numbers, String state, String sentence) {

        boolean fits(SQLException refusal) {
            return numbers.contains(refusal.getErrorCode())
                    || state != null
                            && Objects.requireNonNullElse(refusal.getSQLState(), "")
                                    .startsWith(state);
        }
    }

    /// The first one that fits.
    private static final List<Remedy> REMEDIES = List.of(
            new Remedy(
                    Set.of(1045, 1251, 1698),
                    "28",
                    "The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."),
            new Remedy(
                    Set.of(1049),
                    null,
                    "The server has no such database. Create it, or correct QUARKUS_DATASOURCE_JDBC_URL."),
            new Remedy(
                    Set.of(1044),
                    null,
                    "The database refuses the user. Create the database that QUARKUS_DATASOURCE_JDBC_URL names, and grant it to QUARKUS_DATASOURCE_USERNAME."),
            new Remedy(
                    Set.of(1040, 1203, 1226),
                    null,
                    "The server takes no more connections. Lower QUARKUS_DATASOURCE_JDBC_MAX_SIZE, or raise max_connections or the limit of the user."),
            new Remedy(Set.of(1021, 1114), null, "The disk of the database is full. Free space on it, or enlarge it."),
            new Remedy(
                    Set.of(1290, 1836, 1792),
                    "25006",
                    "The database accepts no writes. Name the primary in QUARKUS_DATASOURCE_JDBC_URL."),
            new Remedy(
                    Set.of(1142, 1143, 1227, 1370),
                    null,
                    "The database refuses a statement to this user. Give QUARKUS_DATASOURCE_USERNAME the right, or migrate as another user with QUARKUS_INIT_AND_EXIT=true."),
            new Remedy(
                    Set.of(1193, 1231),
                    null,
                    "The server does not know a setting of the connection. Use MariaDB 10.6 or newer, or correct QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SESSIONVARIABLES."),
            new Remedy(
                    Set.of(1146, 1054),
                    null,
                    "The database has not the schema that this version needs. Migrate it, or correct QUARKUS_DATASOURCE_JDBC_URL."),
            new Remedy(Set.of(1053, 1077, 1927), "08", SILENCE));

    /// As in: a foreign key constraint fails (`byline`.`things`, CONSTRAINT `things_fkey` FOREIGN KEY (`owner_id`) …
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("`([^`]+)`, CONSTRAINT `[^`]+` FOREIGN KEY \\(`([^`]+)`");

    /// As MariaDB and MySQL name it.
    private static final Pattern PRIMARY_KEY = Pattern.compile("for key '(\\w+\\.)?PRIMARY'");

    private MariaDbFailures() {}

    static Optional<String> remedy(SQLException refusal) {
        return REMEDIES.stream()
                .filter(remedy -> remedy.fits(refusal))
                .map(Remedy::sentence)
                .findFirst();
    }

    static Meaning meaning(SQLException failure) {
        return switch (failure.getErrorCode()) {
            // deadlock, a row that has changed since it was read
            case 1213, 1020 -> Meaning.CONFLICT;
            // lock timeout, and that of `nowait`
            case 1205, 3572 -> Meaning.LOCKED;
            // statement timeout of MariaDB and of MySQL, and a statement that was cancelled
            case 1969, 3024, 1317 -> Meaning.TOO_LONG;
            case 1451, 1452 -> Meaning.REFERENCE;
            case 1062 -> PRIMARY_KEY.matcher(failure.getMessage()).find() ? Meaning.ID_TAKEN : Meaning.RULE;
            // checks of MariaDB and of MySQL
            case 4025, 3819 -> Meaning.RULE;
            // now read-only, shut down, killed: an idle transaction, for example
            case 1290, 1836, 1792, 1053, 1077, 1927, 4031 -> Meaning.LOST;
            // the disk is full, no such database, no right to it, too many connections
            case 1021, 1114, 1049, 1044, 1040, 1203, 1226 -> Meaning.AWAY;
            // A prepared statement must be prepared again.
            case 1615 -> Meaning.SCHEMA_CHANGED;
            case 1146, 1054 -> Meaning.WRONG_SCHEMA;
            case 1142, 1143, 1227, 1370 -> Meaning.NO_RIGHT;
            default -> ofState(failure.getSQLState());
        };
    }

    private static Meaning ofState(String state) {
        // Failures of the pool and of the transaction manager have none.
        if (state == null) {
            return Meaning.NOT_OF_THE_DATABASE;
        }
        return switch (state.substring(0, 2)) {
            case "08" -> Meaning.LOST;
            case "28" -> Meaning.AWAY;
            case "23" -> Meaning.RULE;
            case "40" -> Meaning.CONFLICT;
            default -> Meaning.OTHER;
        };
    }

    static Reference reference(SQLException failure) {
        var key = FOREIGN_KEY.matcher(failure.getMessage());
        if (!key.find()) {
            throw new IllegalStateException("No foreign key is named", failure);
        }
        return new Reference(key.group(1), key.group(2));
    }
}
