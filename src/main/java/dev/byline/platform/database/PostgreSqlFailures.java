package dev.byline.platform.database;

import static dev.byline.platform.database.Meaning.AWAY;
import static dev.byline.platform.database.Meaning.CONFLICT;
import static dev.byline.platform.database.Meaning.ID_TAKEN;
import static dev.byline.platform.database.Meaning.LOCKED;
import static dev.byline.platform.database.Meaning.LOST;
import static dev.byline.platform.database.Meaning.NOT_OF_THE_DATABASE;
import static dev.byline.platform.database.Meaning.NO_RIGHT;
import static dev.byline.platform.database.Meaning.OTHER;
import static dev.byline.platform.database.Meaning.REFERENCE;
import static dev.byline.platform.database.Meaning.RULE;
import static dev.byline.platform.database.Meaning.SCHEMA_CHANGED;
import static dev.byline.platform.database.Meaning.TOO_LONG;
import static dev.byline.platform.database.Meaning.WRONG_SCHEMA;

import dev.byline.platform.problem.Causes;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/// The failures of PostgreSQL and of PgBouncer, by their SQLStates.
final class PostgreSqlFailures {

    static final String SILENCE = "The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.";

    /// @param refusal the beginning of the SQLState, and where that is not enough, of the message
    private record Remedy(Pattern refusal, String sentence) {}

    /// The first one that fits. PgBouncer has one SQLState for most of its refusals, so their texts tell them apart.
    private static final List<Remedy> REMEDIES = List.of(
            remedy(
                    "08004 .*no password was provided",
                    "The database demands a password. Set QUARKUS_DATASOURCE_PASSWORD."),
            remedy(
                    "28|08004|08P01 .*(authentication failed|no such user)",
                    "The database refuses the user. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."),
            remedy(
                    "3D000|08P01 .*no such database",
                    "The server has no such database. Create it, or correct QUARKUS_DATASOURCE_JDBC_URL."),
            remedy(
                    "08P01 .*unsupported startup parameter",
                    "The pooler refuses the options of the driver. Set ignore_startup_parameters = extra_float_digits,options in PgBouncer."),
            remedy(
                    "53300|08P01 .*no more connections allowed",
                    "The server or its pooler takes no more connections. Lower QUARKUS_DATASOURCE_JDBC_MAX_SIZE, or raise max_connections of PostgreSQL or max_client_conn of PgBouncer."),
            remedy("53100", "The disk of the database is full. Free space on it, or enlarge it."),
            remedy(
                    "25006|08001 .*targetServerType",
                    "The database accepts no writes. Name the primary in QUARKUS_DATASOURCE_JDBC_URL, or every host that can become the primary."),
            remedy(
                    "42501",
                    "The database refuses a statement to this user. Give QUARKUS_DATASOURCE_USERNAME the right, or migrate as another user with QUARKUS_INIT_AND_EXIT=true."),
            remedy(
                    "42P01|42703",
                    "The database has not the schema that this version needs. Migrate it, or correct QUARKUS_DATASOURCE_JDBC_URL."),
            remedy("08|57P|58|99", SILENCE));

    private PostgreSqlFailures() {}

    private static Remedy remedy(String refusal, String sentence) {
        return new Remedy(Pattern.compile(refusal), sentence);
    }

    static Optional<String> remedy(SQLException refusal) {
        var text = Objects.requireNonNullElse(refusal.getSQLState(), "") + " " + refusal.getMessage();
        return REMEDIES.stream()
                .filter(remedy -> remedy.refusal.matcher(text).lookingAt())
                .map(Remedy::sentence)
                .findFirst();
    }

    static Meaning meaning(SQLException failure) {
        var state = failure.getSQLState();
        return switch (state) {
            // Failures of the pool and of the transaction manager have none.
            case null -> NOT_OF_THE_DATABASE;
            // serialization failure, deadlock
            case "40001", "40P01" -> CONFLICT;
            case "55P03" -> LOCKED;
            case "57014" -> TOO_LONG;
            case "23503" -> REFERENCE;
            case "23505" -> isPrimaryKey(failure) ? ID_TAKEN : RULE;
            // demoted to a read-only standby
            case "25006" -> LOST;
            // idle in a transaction for too long, not accepting connections
            case "25P03", "55000" -> AWAY;
            // A migration has changed the result of a prepared statement; pgjdbc prepares it again for the next
            // request.
            case "0A000", "26000" -> SCHEMA_CHANGED;
            // undefined table, undefined column: the migration is missing, or was undone
            case "42P01", "42703" -> WRONG_SCHEMA;
            case "42501" -> NO_RIGHT;
            default -> ofClass(state);
        };
    }

    private static Meaning ofClass(String state) {
        if (state.startsWith("57P")) {
            return LOST; // shut down, crashed or starting up
        }
        return switch (state.substring(0, 2)) {
            case "08" -> LOST;
            // authorization, no such database, resources, operator, system, and the driver's own for a connection
            // attempt that was cancelled: the client has caused none of them
            case "28", "3D", "53", "57", "58", "99" -> AWAY;
            case "23" -> RULE;
            default -> OTHER;
        };
    }

    /// Its name is `<table>_pkey`, by PostgreSQL's convention.
    private static boolean isPrimaryKey(SQLException failure) {
        return Causes.find(failure, PSQLException.class)
                .map(PSQLException::getServerErrorMessage)
                .filter(error -> (error.getTable() + "_pkey").equals(error.getConstraint()))
                .isPresent();
    }

    /// The name of a foreign key is `<table>_<column>_fkey` by PostgreSQL's convention.
    static Reference reference(SQLException failure) {
        var error = Causes.find(failure, PSQLException.class).orElseThrow().getServerErrorMessage();
        var table = error.getTable();
        var column = error.getConstraint().replaceFirst("^" + table + "_", "").replaceFirst("_fkey$", "");
        return new Reference(table, column);
    }
}
