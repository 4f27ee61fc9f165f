package dev.byline.platform.replica;

import dev.byline.platform.persistence.LastDatabaseAnswer;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Checks the replica five times a second. The age of its data is computed from its position in the primary's log
/// and from the time at which the primary was at that position. So the result depends neither on the servers'
/// clocks nor on whether anything is being written.
@Singleton
@IfBuildProperty(name = "byline.database", stringValue = "postgresql")
public class ReplicaWatch {

    /// An end of the primary's log, and when it was seen.
    ///
    /// @param time in this process ({@link System#nanoTime})
    private record Mark(WalPosition end, long time) {}

    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final String REPLAYED = "select pg_is_in_recovery(), pg_last_wal_replay_lsn()";
    private static final String WRITTEN = "select left(pg_walfile_name(pg_current_wal_lsn()), 8), pg_current_wal_lsn()";

    private final AgroalDataSource primary;
    private final Replica replica;
    private final LastDatabaseAnswer pulse;
    private volatile Thread thread;

    // Only that thread uses the fields below.
    private ServerProbe askReplica;
    private ServerProbe askPrimary;
    private boolean replicaAnswers;
    private boolean primaryAnswers;

    /// The newest mark that the replica has reached. `ahead` has those that it has yet to reach, oldest first.
    private Mark passed;

    private final Deque<Mark> ahead = new ArrayDeque<>();

    ReplicaWatch(AgroalDataSource primary, Replica replica, LastDatabaseAnswer pulse) {
        this.primary = primary;
        this.replica = replica;
        this.pulse = pulse;
    }

    void start(@Observes StartupEvent event) {
        if (replica.isConfigured()) {
            askReplica = new ServerProbe(replica.dataSource());
            askPrimary = new ServerProbe(primary);
            thread = Thread.ofVirtual().name("replica").start(this::watch);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            askReplica.close();
            askPrimary.close();
        }
    }

    private void look() {
        try {
            var replayed = askReplica.ask(
                    REPLAYED, row -> row.getBoolean(1) ? WalPosition.lsn(row.getString(2)) : WalPosition.NONE);
            if (replayed == WalPosition.NONE) {
                abandon("is no standby. Set QUARKUS_DATASOURCE_REPLICA_JDBC_URL to a hot standby");
            } else {
                replicaAnswers = true;
                judge(replayed);
                // The replica is asked first, so the primary's end must be at or after the replayed position.
                mark(replayed);
            }
        } catch (SQLException e) {
            Log.debug("The replica does not answer", e);
            if (!Thread.currentThread().isInterrupted()) { // at shutdown the query is interrupted
                abandon(Replica.SILENT);
            }
        }
    }

    private void judge(long replayed) {
        while (!ahead.isEmpty() && Long.compareUnsigned(ahead.peek().end.lsn(), replayed) <= 0) {
            passed = ahead.poll();
        }
        if (passed == null) {
            return;
        }
        if (System.nanoTime() - passed.time <= replica.maxLag().toNanos()) {
            replica.update(new WalPosition(passed.end.timeline(), replayed), passed.time);
        } else if (primaryAnswers) {
            replica.leaveOut("is too far behind. Find what slows it, or raise BYLINE_REPLICA_MAX_LAG");
        } else {
            replica.leaveOut("cannot be compared with the primary, which does not answer");
        }
    }

    private void mark(long replayed) {
        long time = System.nanoTime();
        try {
            var end = askPrimary.ask(WRITTEN, row -> WalPosition.of(row.getString(1), row.getString(2)));
            primaryAnswers = true;
            pulse.beat();
            if (Long.compareUnsigned(replayed, end.lsn()) > 0) {
                forget(
                        "has a log that is not the primary's. Set QUARKUS_DATASOURCE_REPLICA_JDBC_URL to a standby of it");
            } else if (passed != null && passed.end.timeline() != end.timeline()) {
                forget("has yet to follow the new primary");
            }
            add(new Mark(end, time));
        } catch (SQLException e) {
            Log.debug("The primary does not answer", e);
            primaryAnswers = false;
        }
    }

    private void add(Mark mark) {
        ahead.add(mark);
        // A mark older than the bound is useless: data of that age is too old to serve.
        while (mark.time - ahead.peek().time > replica.maxLag().toNanos()) {
            ahead.poll();
        }
    }

    /// Forgets all marks: they say nothing about the replica's current data.
    private void forget(String why) {
        passed = null;
        ahead.clear();
        replica.leaveOut(why);
    }

    /// Also closes all connections to the replica, even those that wait for an answer, because it may never come.
    private void abandon(String why) {
        forget(why);
        askReplica.close();
        if (replicaAnswers) {
            replicaAnswers = false;
            replica.dataSource().flush(FlushMode.ALL);
        }
    }
}
