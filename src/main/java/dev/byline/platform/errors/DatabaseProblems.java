package dev.byline.platform.errors;

import static dev.byline.platform.problem.ProblemException.unavailable;
import static dev.byline.platform.problem.ProblemType.CONFLICT;
import static dev.byline.platform.problem.ProblemType.INTERNAL;
import static dev.byline.platform.problem.ProblemType.REFERENCED;
import static dev.byline.platform.problem.ProblemType.VALIDATION;

import dev.byline.platform.database.Database;
import dev.byline.platform.pool.PoolRecovery;
import dev.byline.platform.problem.Causes;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.List;
import org.apache.commons.text.CaseUtils;
import org.hibernate.StaleStateException;

/// Failures of the database and the pool: a violated constraint, a conflict, or a database that is not available.
final class DatabaseProblems {

    private DatabaseProblems() {}

    static ProblemException of(Throwable failure, String method, String path) {
        if (Causes.find(failure, OptimisticLockException.class).isPresent()
                || Causes.find(failure, StaleStateException.class).isPresent()) {
            return new ProblemException(
                    CONFLICT, "The row was changed at the same moment: read it again, then decide.");
        }
        var sql = Causes.find(failure, SQLException.class);
        if (sql.isPresent()) {
            return of(sql.get(), method, path);
        }
        return Causes.find(failure, RollbackException.class).isPresent()
                ? unavailable("The transaction took too long and was rolled back", failure)
                : new ProblemException(INTERNAL, null, failure);
    }

    private static ProblemException of(SQLException failure, String method, String path) {
        return switch (Database.get().meaning(failure)) {
            case REFERENCE -> reference(failure, method, path);
            case RULE, ID_TAKEN ->
                new ProblemException(CONFLICT, "The values conflict with a rule of the database", failure);
            case CONFLICT, LOCKED -> unavailable("Other writers hold the row", failure);
            case TOO_LONG -> unavailable(tookTooLong(method), failure);
            case LOST, AWAY -> unavailable("The database is away", failure);
            case SCHEMA_CHANGED -> unavailable("The database's schema has just changed", failure);
            case WRONG_SCHEMA, NO_RIGHT ->
                unavailable("The database has not the schema or the rights that this version needs", failure);
            case NOT_OF_THE_DATABASE ->
                unavailable(
                        PoolRecovery.isTimeout(failure)
                                ? "Every connection to the database is in use"
                                : "The transaction took too long and was rolled back",
                        failure);
            case OTHER -> new ProblemException(INTERNAL, null, failure);
        };
    }

    private static String tookTooLong(String method) {
        return method.equals("GET")
                ? "The query took too long and was cancelled: ask for fewer rows with more filters, in an order that has an index"
                : "The statement took too long and was cancelled";
    }

    /// A foreign key is violated if a row refers to a row that does not exist, or if a deleted row is still
    /// referred to. Its table is the collection, and its column the member.
    private static ProblemException reference(SQLException failure, String method, String path) {
        var reference = Database.get().reference(failure);
        var member = CaseUtils.toCamelCase(reference.column(), false, '_');
        if (method.equals("DELETE")) {
            return new ProblemException(
                    REFERENCED,
                    "There are still %1$s of %2$s. Delete them (DELETE /%1$s/{id}) or give them another %3$s (PATCH /%1$s/{id}), then delete again."
                            .formatted(reference.table(), path, member));
        }
        return new ProblemException(VALIDATION, List.of(Violation.ofMissingRow(member)));
    }
}
