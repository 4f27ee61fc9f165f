package dev.byline.platform.persistence;

import dev.byline.platform.database.Database;
import dev.byline.platform.database.Meaning;
import dev.byline.platform.problem.Causes;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.exception.MigrationFailedException;

/// Why the service cannot use its database, and what to do about it, for an operator. Clients must not see it.
///
/// @param sentence names the setting, but no address
/// @param detail what the server or the driver has said, which can name hosts and roles: for the log only
public record DatabaseFailure(String sentence, String detail) {

    private static final Database DATABASE = Database.get();

    /// The pool and Hibernate do not always say why a connection could not be made.
    static final DatabaseFailure SILENCE = new DatabaseFailure(DATABASE.silence(), "no connection");

    /// Why a service does not start. Empty where the database is not the reason.
    public static Optional<DatabaseFailure> of(Throwable failure) {
        return ofUrl(failure)
                .map(sentence -> new DatabaseFailure(sentence, "it is not shown, because it may have a password"))
                .or(() -> refusal(failure).map(refusal -> ofStart(failure, refusal)));
    }

    private static DatabaseFailure ofStart(Throwable failure, SQLException refusal) {
        var sentence = Causes.find(failure, MigrationFailedException.class)
                .map(migration -> ofMigration(migration, refusal))
                .or(() -> DATABASE.remedy(refusal))
                .orElseGet(() -> ofMeaning(DATABASE.meaning(refusal)));
        return new DatabaseFailure(sentence, detail(refusal));
    }

    private static String ofMeaning(Meaning meaning) {
        return switch (meaning) {
            case NOT_OF_THE_DATABASE -> SILENCE.sentence;
            case LOCKED -> "Another process has locked the database. End it, then start again.";
            default -> "The database refuses a statement.";
        };
    }

    /// Why a request fails. Empty where the request or the load is the reason, and not the deployment.
    static Optional<DatabaseFailure> ofRequest(Throwable failure) {
        return refusal(failure)
                .flatMap(refusal -> DATABASE.remedy(refusal).map(text -> new DatabaseFailure(text, detail(refusal))));
    }

    /// The failure itself repeats the URL, which may have a password.
    ///
    /// @return empty where the driver takes the URL
    public static Optional<String> ofUrl(Throwable failure) {
        return refusal(failure)
                .filter(refusal -> Causes.sentence(refusal).startsWith("Driver does not support"))
                .map(refusal -> "QUARKUS_DATASOURCE_JDBC_URL is no address of %s. Set it to %s."
                        .formatted(DATABASE.name(), DATABASE.exampleUrl()));
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
        var remedy = DATABASE.remedy(refusal)
                .filter(sentence -> DATABASE.meaning(refusal) == Meaning.NO_RIGHT)
                .orElse("Correct the database, then start again.");
        return "The migration %s failed. It has changed nothing; the migrations before it are done. %s"
                .formatted(changeSet, remedy);
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
