package dev.byline;

import dev.byline.platform.database.Database;
import dev.byline.platform.errors.MemoryLimit;
import dev.byline.platform.errors.StartFailure;
import dev.byline.platform.framework.GeneratedOpenApi;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import liquibase.Scope;
import liquibase.ui.LoggerUIService;
import org.eclipse.microprofile.config.ConfigProvider;

/// Starts the service in production (`quarkus.package.main-class`). Dev mode and tests bring a database.
public class Byline {

    private Byline() {}

    public static void main(String... args) throws Exception {
        // Later, the same mistake would end in a stack trace from Hibernate's start.
        if (!databaseIsNamed()) {
            System.err.printf(
                    "Byline has no database: set QUARKUS_DATASOURCE_JDBC_URL"
                            + " (%s), QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.%n",
                    Database.get().exampleUrl());
            System.exit(1);
        }
        if (args.length > 0 && args[0].equals("backup")) {
            System.exit(Backup.write(args));
        }
        MemoryLimit.exceeded().ifPresent(reason -> {
            System.err.println("Byline did not start. " + reason);
            System.exit(1);
        });
        if (mayMigrate()) {
            keepLiquibaseOffTheConsole();
        }
        GeneratedOpenApi.hideFromQuarkus();
        Quarkus.run(null, Byline::end, args);
    }

    /// @param failure null unless the start has ended early
    private static void end(int status, Throwable failure) {
        if (failure != null && status != 0) {
            StartFailure.report(failure);
        }
        System.exit(status);
    }

    /// If a separate job migrates, Liquibase prints nothing here, and initializing it would slow down the start.
    private static boolean mayMigrate() {
        return !"false".equals(System.getenv("QUARKUS_LIQUIBASE_MIGRATE_AT_START"));
    }

    /// Liquibase also prints to the console what it logs. A production log must be one JSON object a line.
    private static void keepLiquibaseOffTheConsole() throws Exception {
        System.setProperty("liquibase.command.showSummary", "OFF");
        Scope.enter(Map.of(Scope.Attr.ui.name(), new LoggerUIService()));
    }

    private static boolean databaseIsNamed() {
        // A native executable has not read its configuration yet, so this checks the possible sources itself.
        return !Objects.requireNonNullElse(System.getenv("QUARKUS_DATASOURCE_JDBC_URL"), "")
                        .isBlank()
                || Files.exists(Path.of("config/application.properties"))
                || Files.exists(Path.of(".env"))
                || ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                        .isPresent();
    }
}
