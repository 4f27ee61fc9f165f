package dev.byline.platform.development;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayDeque;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// The connection pool over the last minutes, for the picture that the console has in dev mode. In production, the
/// metrics have the same numbers (`agroal_active_count`, `agroal_awaiting_count`), on the port for operators.
@IfBuildProfile("dev")
@Singleton
@PermitAll
@Path("/dev/pool")
public class DevPool {

    private static final int SECONDS = 180;

    /// @param inUse the connections that are in use
    /// @param waiting the threads that wait for a connection
    public record Sample(long inUse, long waiting) {}

    /// @param size the most connections
    /// @param seconds how many samples there are at most, one a second
    /// @param samples the newest last
    public record View(int size, int seconds, List<Sample> samples) {}

    private final AgroalDataSource pool;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    DevPool(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Scheduled(every = "1s")
    synchronized void sample() {
        var metrics = pool.getMetrics();
        samples.add(new Sample(metrics.activeCount(), metrics.awaitingCount()));
        if (samples.size() > SECONDS) {
            samples.removeFirst();
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public synchronized View pool() {
        int size = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        return new View(size, SECONDS, List.copyOf(samples));
    }
}
