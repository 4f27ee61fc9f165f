package dev.byline.platform.replica;

import dev.byline.platform.database.Database;
import dev.byline.platform.database.Meaning;
import dev.byline.platform.problem.Causes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.sql.SQLException;
import java.util.Optional;

/// Chooses the server for each read. If a read fails on the replica, the primary answers it.
@Interceptor
@ReadsFromReplica
@Priority(Interceptor.Priority.PLATFORM_BEFORE) // outside the transaction: a second attempt needs a new one
public class ReplicaReads {

    private final Replica replica;
    private final CurrentVertxRequest current;
    private final MeterRegistry metrics;

    ReplicaReads(Replica replica, CurrentVertxRequest current, MeterRegistry metrics) {
        this.replica = replica;
        this.current = current;
        this.metrics = metrics;
    }

    @AroundInvoke
    Object read(InvocationContext read) throws Exception {
        var wanted = ConsistencyToken.of(current.getCurrent().request());
        if (!replica.serves(wanted)) {
            count("primary");
            return read.proceed();
        }
        var route = ReadRoute.current();
        try {
            route.toReplica();
            count("replica");
            return read.proceed();
        } catch (RuntimeException e) {
            if (!failedOnReplica(e)) {
                throw e;
            }
            Log.debug("A read goes to the primary, because it failed on the replica", e);
            route.toPrimary();
            metrics.counter("byline.replica.fallbacks").increment();
            return read.proceed();
        }
    }

    private void count(String server) {
        if (replica.isConfigured()) {
            metrics.counter("byline.reads", "server", server).increment();
        }
    }

    private boolean failedOnReplica(RuntimeException failure) {
        var sql = Causes.find(failure, SQLException.class);
        return sql.isPresent() && failedOnReplica(Database.get().meaning(sql.get()));
    }

    private boolean failedOnReplica(Meaning failure) {
        return switch (failure) {
            // All connections are in use. The primary must not get this load, unless the replica is out of use.
            case NOT_OF_THE_DATABASE -> !replica.serves(Optional.empty());
            // The connection is lost, or the server has closed it. (A standby that cancels a statement reports a
            // conflict.)
            case LOST -> {
                replica.leaveOut(Replica.SILENT);
                yield true;
            }
            // The query would take as long on the primary.
            case TOO_LONG -> false;
            default -> true;
        };
    }
}
