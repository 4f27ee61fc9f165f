package dev.byline.platform.persistence;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/// Looks, when the database is there, whether its locale knows the capitals of all letters: `contains` and `startsWith`
/// pass over the difference as far as it does. In the locale `C`, that is as far as ASCII goes.
@Singleton
public class LetterCase {

    private static final String FOLDS = "select 'É' ilike 'é', current_database()";

    private final AgroalDataSource dataSource;

    LetterCase(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

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
