package dev.byline.platform.persistence;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/// Checks, once the database is available, whether its locale knows the upper case of all letters. `contains` and
/// `startsWith` ignore case only for the letters that the locale knows. The locale `C` knows only ASCII.
@Singleton
public record LetterCase(AgroalDataSource dataSource) {

    private static final String FOLDS = "select 'É' ilike 'é', current_database()";

    void check() {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(FOLDS)) {
            answer.next();
            if (!answer.getBoolean(1)) {
                Log.warnf(
                        "The database %s has a locale without capitals beyond ASCII: contains and startsWith take É and é"
                                + " for two letters. Create it with LC_CTYPE = 'C.UTF-8', or with a language's locale.",
                        answer.getString(2));
            }
        } catch (SQLException e) {
            Log.warn("The database's locale could not be read", e);
        }
    }
}
