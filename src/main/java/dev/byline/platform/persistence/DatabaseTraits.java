package dev.byline.platform.persistence;

import dev.byline.platform.health.Warnings;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Checks what the service needs of the database beyond its schema: a locale that knows the upper case of all
/// letters (`contains` and `startsWith` ignore case only for those; the locale `C` knows only ASCII), and the same
/// time, because tokens are judged by the clock of this process.
@Singleton
public class DatabaseTraits {

    private static final Duration MAX_DIFFERENCE = Duration.ofSeconds(30);

    private static final String TRAITS =
            "select 'É' ilike 'é', current_database(), extract(epoch from clock_timestamp())::bigint";

    private final AgroalDataSource dataSource;
    private final Warnings warnings;

    DatabaseTraits(AgroalDataSource dataSource, Warnings warnings) {
        this.dataSource = dataSource;
        this.warnings = warnings;
    }

    void check() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(TRAITS)) {
            answer.next();
            if (!answer.getBoolean(1)) {
                warnings.add(
                        "locale",
                        "The database has a locale without capitals beyond ASCII: contains and startsWith take É and é for two letters. Create it with LC_CTYPE = 'C.UTF-8', or with a language's locale.",
                        answer.getString(2));
            }
            compare(Instant.now().getEpochSecond() - answer.getLong(3));
        } catch (SQLException e) {
            Log.warn("The database's locale and clock could not be read", e);
        }
    }

    private void compare(long seconds) {
        if (Math.abs(seconds) <= MAX_DIFFERENCE.toSeconds()) {
            warnings.remove("clock");
        } else {
            warnings.add(
                    "clock",
                    "The clocks of this machine and of the database differ, so tokens may be refused as expired, or be accepted for too long. Set both clocks (NTP).",
                    "this one is %d s %s".formatted(Math.abs(seconds), seconds > 0 ? "ahead" : "behind"));
        }
    }
}
