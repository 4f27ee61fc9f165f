package dev.byline.platform.persistence;

import dev.byline.platform.pool.ConnectionBudget;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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
    private final ConnectionBudget budget;
    private final LetterCase letters;
    private volatile String mismatch = "the schema has not been read yet";
    private volatile String remedy = "";
    private volatile Thread watch;

    Schema(SessionFactory hibernate, AgroalDataSource pool, ConnectionBudget budget, LetterCase letters) {
        this.hibernate = hibernate;
        this.pool = pool;
        this.budget = budget;
        this.letters = letters;
    }

    /// Why the service cannot work with the database's schema. Empty if it can.
    Optional<String> mismatch() {
        return Optional.ofNullable(mismatch);
    }

    void start(@Observes StartupEvent event) {
        if (fits()) {
            fill();
        } else {
            System.err.println("Byline waits for its schema. " + remedy); // in plain text, for the person who starts it
            Log.warnf("Waiting for the schema: %s", mismatch);
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
        Thread.startVirtualThread(() -> {
            try {
                budget.check();
                letters.check();
            } catch (RuntimeException e) {
                Log.debug("The service ended before its database was checked", e);
            }
        });
    }

    private boolean fits() {
        try {
            hibernate.getSchemaManager().validateMappedObjects();
            mismatch = null;
        } catch (SchemaManagementException e) {
            mismatch = e.getMessage();
            remedy = mismatch + ". Migrate it (QUARKUS_LIQUIBASE_MIGRATE_AT_START=true, or a process with"
                    + " QUARKUS_INIT_AND_EXIT=true). If a newer version has migrated it, start that version.";
        } catch (RuntimeException e) {
            Log.debug("The schema could not be read", e);
            mismatch = "the database does not answer"; // health must not show its message, which has the address
            remedy = DatabaseFailure.of(e).orElse("The database does not answer.");
        }
        return mismatch == null;
    }
}
