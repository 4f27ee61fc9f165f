package dev.byline;

import dev.byline.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;

/// The command `backup FILE`, which copies the database of a service while that serves. Who may run it is who may read
/// the database.
final class Backup {

    private static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";

    private Backup() {}

    /// @return the exit status
    static int write(String... command) {
        if (command.length != 2) {
            System.err.println("Name one new file: backup FILE");
            return 1;
        }
        try {
            Database.get().backUp(url(), Path.of(command[1]));
            return 0;
        } catch (SQLException | UnsupportedOperationException failure) {
            System.err.println("There is no backup: " + failure.getMessage());
            return 1;
        }
    }

    private static String url() {
        return Objects.requireNonNullElseGet(System.getenv(URL), () -> ConfigProvider.getConfig()
                .getValue("quarkus.datasource.jdbc.url", String.class));
    }
}
