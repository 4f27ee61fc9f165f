package dev.byline.platform.persistence;

import dev.byline.platform.problem.Causes;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import liquibase.exception.MigrationFailedException;

/// Why the service cannot use its database, and what to do about it, for an operator. Clients must not see it.
///
/// @param sentence names the setting, but no address
/// @param detail what the server or the driver has said, which can name hosts and roles: for the log only
public record DatabaseFailure(String sentence, String detail) {

    /// @param refusal the beginning of the SQLState, and where that is not enough, of the message
    private record Remedy(Pattern refusal, String sentence) {}

    private static final String AWAY =
            "The database does not answer. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL.";

    /// The pool and Hibernate do not always say why a connection could not be made.
    static final DatabaseFailure SILENCE = new DatabaseFailure(AWAY, "no connection");

    private static final String NO_RIGHT = "The database refuses a statement to this user. Give"
            + " QUARKUS_DATASOURCE_USERNAME the right, or migrate as another user with QUARKUS_INIT_AND_EXIT=true.";

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
            remedy("42501", NO_RIGHT),
            remedy(
                    "42P01|42703",
                    "The database has not the schema that this version needs. Migrate it, or correct QUARKUS_DATASOURCE_JDBC_URL."),
            remedy("08|57P|58|99", AWAY));

    /// Why a service does not start. Empty where the database is not the reason.
    public static Optional<DatabaseFailure> of(Throwable failure) {
        return ofUrl(failure)
                .map(sentence -> new DatabaseFailure(sentence, "it is not shown, because it may have a password"))
                .or(() -> refusal(failure).map(refusal -> ofStart(failure, refusal)));
    }

    private static DatabaseFailure ofStart(Throwable failure, SQLException refusal) {
        var sentence = Causes.find(failure, MigrationFailedException.class)
                .map(migration -> ofMigration(migration, refusal))
                .or(() -> sentence(refusal))
                .orElse(refusal.getSQLState() == null ? AWAY : "The database refuses a statement.");
        return new DatabaseFailure(sentence, detail(refusal));
    }

    /// Why a request fails. Empty where the request or the load is the reason, and not the deployment.
    static Optional<DatabaseFailure> ofRequest(Throwable failure) {
        return refusal(failure)
                .flatMap(refusal -> sentence(refusal).map(text -> new DatabaseFailure(text, detail(refusal))));
    }

    /// The failure itself repeats the URL, which may have a password.
    ///
    /// @return empty where the URL is one of PostgreSQL
    public static Optional<String> ofUrl(Throwable failure) {
        return refusal(failure)
                .filter(refusal -> Causes.sentence(refusal).startsWith("Driver does not support"))
                .map(
                        refusal ->
                                "QUARKUS_DATASOURCE_JDBC_URL is no address of PostgreSQL. Set it to jdbc:postgresql://host:5432/name.");
    }

    private static Remedy remedy(String refusal, String sentence) {
        return new Remedy(Pattern.compile(refusal), sentence);
    }

    /// The innermost: the others can be consequences ("current transaction is aborted").
    private static Optional<SQLException> refusal(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((wrapping, cause) -> cause);
    }

    private static String ofMigration(MigrationFailedException migration, SQLException refusal) {
        var changeSet = Causes.sentence(migration).replaceFirst(".*changeset (\\S+?):?$", "$1");
        var remedy = sentence(refusal).filter(NO_RIGHT::equals).orElse("Correct the database, then start again.");
        return "The migration %s failed. It has changed nothing; the migrations before it are done. %s"
                .formatted(changeSet, remedy);
    }

    private static Optional<String> sentence(SQLException refusal) {
        var text = Objects.requireNonNullElse(refusal.getSQLState(), "") + " " + refusal.getMessage();
        return REMEDIES.stream()
                .filter(remedy -> remedy.refusal.matcher(text).lookingAt())
                .map(Remedy::sentence)
                .findFirst();
    }

    private static String detail(SQLException refusal) {
        return Causes.find(refusal, UnknownHostException.class)
                .map(unknown -> "the host " + unknown.getMessage() + " is unknown")
                .orElseGet(() -> Causes.sentence(refusal));
    }

    @Override
    public String toString() {
        return sentence + " (" + detail + ")";
    }
}
