package dev.byline.platform.errors;

import static dev.byline.platform.problem.ProblemException.unavailable;
import static dev.byline.platform.problem.ProblemType.CONFLICT;
import static dev.byline.platform.problem.ProblemType.INTERNAL;
import static dev.byline.platform.problem.ProblemType.REFERENCED;
import static dev.byline.platform.problem.ProblemType.VALIDATION;

import dev.byline.platform.pool.PoolRecovery;
import dev.byline.platform.problem.Causes;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.apache.commons.text.CaseUtils;
import org.hibernate.StaleStateException;
import org.postgresql.util.PSQLException;

/// Failures of the database and the pool: a violated constraint, a conflict, or a database that is not available.
final class DatabaseProblems {

    /// Failures of the pool and of the transaction manager have no SQLState.
    private static final String NO_STATE = "";

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
        var state = Objects.requireNonNullElse(failure.getSQLState(), NO_STATE);
        return switch (state) {
            case "23503" -> reference(failure, method, path);
            // serialization failure, deadlock, lock not available
            case "40001", "40P01", "55P03" -> unavailable("Other writers hold the row", failure);
            case "57014" -> unavailable(tookTooLong(method), failure);
            // demoted to a read-only standby, idle in a transaction for too long, not accepting connections
            case "25006", "25P03", "55000" -> unavailable("The database is away", failure);
            // A migration has changed the result of a prepared statement; pgjdbc prepares it again for the next
            // request.
            case "0A000", "26000" -> unavailable("The database's schema has just changed", failure);
            // undefined table, undefined column, no right: the migration or the grants are missing, or were undone
            case "42P01", "42703", "42501" ->
                unavailable("The database has not the schema or the rights that this version needs", failure);
            case NO_STATE ->
                unavailable(
                        PoolRecovery.isTimeout(failure)
                                ? "Every connection to the database is in use"
                                : "The transaction took too long and was rolled back",
                        failure);
            default -> ofClass(state.substring(0, 2), failure);
        };
    }

    private static String tookTooLong(String method) {
        return method.equals("GET")
                ? "The query took too long and was cancelled: ask for fewer rows with more filters, in an order that has an index"
                : "The statement took too long and was cancelled";
    }

    private static ProblemException ofClass(String stateClass, SQLException failure) {
        return switch (stateClass) {
            // connection, authorization, no such database, resources, operator, system, and the driver's own for a
            // connection attempt that was cancelled: the client has caused none of them
            case "08", "28", "3D", "53", "57", "58", "99" -> unavailable("The database is away", failure);
            case "23" -> new ProblemException(CONFLICT, "The values conflict with a rule of the database", failure);
            default -> new ProblemException(INTERNAL, null, failure);
        };
    }

    /// A foreign key is violated if a row refers to a row that does not exist, or if a deleted row is still
    /// referred to. Its name, `<table>_<column>_fkey` by PostgreSQL's convention, gives collection and member.
    private static ProblemException reference(SQLException failure, String method, String path) {
        var error = Causes.find(failure, PSQLException.class).orElseThrow().getServerErrorMessage();
        var table = error.getTable();
        var column = error.getConstraint().replaceFirst("^" + table + "_", "").replaceFirst("_fkey$", "");
        var member = CaseUtils.toCamelCase(column, false, '_');
        if (method.equals("DELETE")) {
            return new ProblemException(
                    REFERENCED,
                    "There are still %1$s of %2$s. Delete them (DELETE /%1$s/{id}) or give them another %3$s (PATCH /%1$s/{id}), then delete again."
                            .formatted(table, path, member));
        }
        return new ProblemException(VALIDATION, List.of(Violation.ofMissingRow(member)));
    }
}
