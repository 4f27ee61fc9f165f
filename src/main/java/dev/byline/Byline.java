package dev.byline;

import dev.byline.platform.framework.GeneratedOpenApi;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import liquibase.Scope;
import liquibase.ui.LoggerUIService;
import org.eclipse.microprofile.config.ConfigProvider;

/// Starts the service in production (`quarkus.package.main-class`); dev mode and tests bring a database and need no
/// check.
public class Byline {

    private Byline() {}

    public static void main(String... args) throws Exception {
        // Found out any later, the same mistake ends in a stack trace over Hibernate's start.
        if (!databaseIsNamed()) {
            System.err.println(
                    "Byline has no database: set QUARKUS_DATASOURCE_JDBC_URL"
                            + " (jdbc:postgresql://host:5432/name), QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.");
            System.exit(1);
        }
        if (mayMigrate()) {
            keepLiquibaseOffTheConsole();
        }
        GeneratedOpenApi.hideFromQuarkus();
        Quarkus.run(args);
    }

    /// Where a job migrates, Liquibase has nothing to print, and waking it up would be a part of every start.
    private static boolean mayMigrate() {
        return !"false".equals(System.getenv("QUARKUS_LIQUIBASE_MIGRATE_AT_START"));
    }

    /// Liquibase prints on its own what it logs as well; a production log is one JSON object a line.
    private static void keepLiquibaseOffTheConsole() throws Exception {
        System.setProperty("liquibase.command.showSummary", "OFF");
        Scope.enter(Map.of(Scope.Attr.ui.name(), new LoggerUIService()));
    }

    private static boolean databaseIsNamed() {
        // A native executable has not read its configuration yet: what it will read is looked at by hand.
        return System.getenv("QUARKUS_DATASOURCE_JDBC_URL") != null
                || Files.exists(Path.of("config/application.properties"))
                || Files.exists(Path.of(".env"))
                || ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                        .isPresent();
    }
}
