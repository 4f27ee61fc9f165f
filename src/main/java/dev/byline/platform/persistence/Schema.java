package dev.byline.platform.persistence;

import dev.byline.platform.database.Database;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.tool.schema.spi.SchemaManagementException;

/// Compares the database's schema with the entities at every start, and waits until they match: for the database
/// to be available, and for the migration job if this process does not migrate.
@Singleton
public class Schema {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final SessionFactory hibernate;
    private final AgroalDataSource pool;
    private final DatabaseCheck check;
    private volatile String mismatch = "The schema has not been read yet.";
    private volatile Thread watch;

    Schema(SessionFactory hibernate, AgroalDataSource pool, DatabaseCheck check) {
        this.hibernate = hibernate;
        this.pool = pool;
        this.check = check;
    }

    /// Why the service cannot work with the database's schema, without an address. Empty if it can.
    Optional<String> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    void start(@Observes StartupEvent event) {
        if (fits()) {
            fill();
        } else {
            watch = Thread.ofVirtual().name("schema").start(this::waitUntilItFits);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.interrupt();
        }
    }

    private void waitUntilItFits() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (!fits());
            Log.info("The schema fits.");
            fill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The pool starts with one connection, for the check. It opens the others during the first requests.
    private void fill() {
        pool.flush(FlushMode.FILL);
        Thread.startVirtualThread(this::check);
    }

    /// Again and again, so that a warning ends when its reason does.
    @Scheduled(every = "10m", delayed = "10m")
    void check() {
        if (mismatch == null) {
            try {
                check.run();
            } catch (RuntimeException e) {
                Log.debug("The service ended before its database was checked", e);
            }
        }
    }

    private boolean fits() {
        try {
            hibernate.getSchemaManager().validateMappedObjects();
            mismatch = null;
        } catch (SchemaManagementException e) {
            var lack = e.getMessage().replace("Schema validation: ", "");
            waitFor(new DatabaseFailure("The schema is not the one that this version needs. " + remedy(), lack));
        } catch (RuntimeException e) {
            Log.debug("The schema could not be read", e);
            waitFor(DatabaseFailure.of(e).orElse(DatabaseFailure.SILENCE));
        }
        return mismatch == null;
    }

    private void waitFor(DatabaseFailure failure) {
        if (!failure.sentence().equals(mismatch)) {
            mismatch = failure.sentence();
            System.err.println("Byline waits for its schema. " + failure); // in plain text, for a person
            Log.warnf("Waiting for the schema: %s", failure);
        }
    }

    private String remedy() {
        return newerChangeSet()
                .map(file -> "A newer version has migrated it (" + file + "): start that version.")
                .orElse("Migrate it: set QUARKUS_LIQUIBASE_MIGRATE_AT_START=true, or run a process with"
                        + " QUARKUS_INIT_AND_EXIT=true.");
    }

    /// The change set that was applied last, if this version does not know it.
    private Optional<String> newerChangeSet() {
        try (var connection = pool.getConnection()) {
            return Database.get()
                    .lastChangeSet(connection)
                    .filter(file -> getClass().getResource("/" + file) == null);
        } catch (SQLException noChangeSets) {
            return Optional.empty();
        }
    }
}
