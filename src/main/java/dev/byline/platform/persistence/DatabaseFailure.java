package dev.byline.platform.persistence;

import dev.byline.platform.problem.Causes;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.exception.MigrationFailedException;

/// Why a starting service cannot use its database, and what to do about it, in one line for an operator. It can
/// name hosts and roles, so clients must not see it.
public final class DatabaseFailure {

    /// SQLState `insufficient_privilege`
    private static final String FORBIDDEN = "42501";

    private static final String GRANT =
            "Give the user QUARKUS_DATASOURCE_USERNAME this right, or migrate as another user with QUARKUS_INIT_AND_EXIT=true.";

    private DatabaseFailure() {}

    /// @return empty where the database is not the reason
    public static Optional<String> of(Throwable failure) {
        return ofUrl(failure)
                .or(() -> refusal(failure).map(refusal -> Causes.find(failure, MigrationFailedException.class)
                        .map(migration -> ofMigration(migration, refusal))
                        .orElseGet(() -> of(refusal))));
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

    /// The innermost: the others can be consequences ("current transaction is aborted").
    private static Optional<SQLException> refusal(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((wrapping, cause) -> cause);
    }

    private static String ofMigration(MigrationFailedException migration, SQLException refusal) {
        var changeSet = Causes.sentence(migration).replaceFirst(".*changeset (\\S+?):?$", "$1");
        var remedy = state(refusal).equals(FORBIDDEN) ? GRANT : "Correct the database, then start again.";
        return "The migration %s failed: %s. It has changed nothing; the migrations before it are done. %s"
                .formatted(changeSet, Causes.sentence(refusal), remedy);
    }

    private static String of(SQLException refusal) {
        var sentence = Causes.sentence(refusal);
        return switch (state(refusal)) {
            case "28P01", "28000", "08004" ->
                "The database refuses the user: %s. Correct QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD."
                        .formatted(sentence);
            case "3D000" ->
                "The server has no such database: %s. Create it, or correct QUARKUS_DATASOURCE_JDBC_URL."
                        .formatted(sentence);
            case "08001", "08003", "08006", "57P03" ->
                "The database does not answer: %s. Start it, or correct QUARKUS_DATASOURCE_JDBC_URL."
                        .formatted(unknownHost(refusal).orElse(sentence));
            case FORBIDDEN -> "The database refuses a statement: %s. %s".formatted(sentence, GRANT);
            default -> "The database refuses a statement: %s.".formatted(sentence);
        };
    }

    private static Optional<String> unknownHost(SQLException refusal) {
        return Causes.find(refusal, UnknownHostException.class)
                .map(unknown -> "the host " + unknown.getMessage() + " is unknown");
    }

    private static String state(SQLException refusal) {
        return refusal.getSQLState() == null ? "" : refusal.getSQLState();
    }
}
