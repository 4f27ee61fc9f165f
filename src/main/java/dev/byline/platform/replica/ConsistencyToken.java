package dev.byline.platform.replica;

import static jakarta.ws.rs.core.Response.Status.Family.SUCCESSFUL;

import dev.byline.platform.persistence.RequestStatements;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// The header `Consistency-Token`. If there is a replica, the answer to a write has one. A read that sends it back
/// sees that write and everything before it, whichever server answers.
///
/// The value is opaque to clients: the end of the primary's write-ahead log after the commit.
@Singleton
public record ConsistencyToken(AgroalDataSource primary, Replica replica) {

    public static final String HEADER = "Consistency-Token";

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    // The insert position, not the write position: with synchronous_commit = off a commit does not wait for the
    // write, so the write position may be before the commit.
    private static final String END =
            "select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), pg_current_wal_insert_lsn()";

    /// The position that a read's token demands. Empty without a token.
    ///
    /// @throws ProblemException 400 if the token is invalid
    static Optional<WalPosition> of(HttpServerRequest request) {
        var sent = request.headers().getAll(HEADER);
        if (sent.size() > 1) {
            throw refusal("repeated", "may stand only once");
        }
        return sent.isEmpty()
                ? Optional.empty()
                : Optional.of(WalPosition.parse(sent.getFirst())
                        .orElseThrow(() -> refusal("format", "must be as the answer to a write had it")));
    }

    private static ProblemException refusal(String code, String detail) {
        return new ProblemException(ProblemType.PARAMETER, List.of(Violation.ofParameter(HEADER, code, detail)));
    }

    // After the transaction, whose commit the position must include. Before server.ServerTiming, to be counted.
    @ServerResponseFilter(priority = Priorities.USER + 1)
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (replica.isConfigured()
                && WRITES.contains(request.getMethod())
                && response.getStatusInfo().getFamily() == SUCCESSFUL) {
            response.getHeaders().putSingle(HEADER, end().toString());
        }
    }

    /// The current end of the log. If it cannot be read, the token sends reads to the primary.
    private WalPosition end() {
        long start = System.nanoTime();
        try (var connection = primary.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(END)) {
            row.next();
            RequestStatements.current().addStatement(System.nanoTime() - start);
            return WalPosition.of(row.getString(1), row.getString(2));
        } catch (SQLException e) {
            Log.debug("The end of the log could not be read", e);
            return WalPosition.UNREACHABLE;
        }
    }
}
