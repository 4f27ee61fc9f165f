package dev.byline.platform.database;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/// When the statement that a thread has prepared last must have ended. Hibernate tells an inspector of each.
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "byline.database", stringValue = "sqlite")
public class SqliteDeadline implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final ThreadLocal<Long> DEADLINE = new ThreadLocal<>();

    @Override
    public String inspect(String sql) {
        start();
        return sql;
    }

    static void start() {
        DEADLINE.set(System.nanoTime() + LONGEST.toNanos());
    }

    /// False in a thread that has prepared none through Hibernate: that of migrations.
    static boolean isOver() {
        var deadline = DEADLINE.get();
        return deadline != null && System.nanoTime() - deadline > 0;
    }
}
