package dev.byline.platform.database;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.sqlite.Function;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/// Gives every connection what SQLite itself does not have: a time limit of statements, a `like` that knows the
/// capitals of all letters, and the functions of {@link SqliteSearch}.
@Singleton
@IfBuildProperty(name = "byline.database", stringValue = "sqlite")
public class SqliteConnections implements AgroalPoolInterceptor {

    /// How many steps of its virtual machine SQLite does between two looks at the time.
    private static final int STEPS = 10_000;

    private static final Map<SQLiteConnection, Limit> LIMITS = new ConcurrentHashMap<>();

    private static final class Limit extends ProgressHandler {

        private volatile boolean isOff;

        @Override
        protected int progress() {
            return !isOff && SqliteDeadline.isOver() ? 1 : 0;
        }
    }

    /// `text like pattern escape '!'`, which SQLite calls as `like(pattern, text, '!')`. A statement has one pattern
    /// for all rows.
    private static final class Like extends Function {

        private String known;
        private Pattern regex;

        @Override
        protected void xFunc() throws SQLException {
            var pattern = value_text(0);
            var text = value_text(1);
            if (pattern == null || text == null) {
                result();
                return;
            }
            if (!pattern.equals(known)) {
                regex = regex(pattern, value_text(2));
                known = pattern;
            }
            result(regex.matcher(text).matches() ? 1 : 0);
        }

        private static Pattern regex(String pattern, String escape) {
            var regex = new StringBuilder();
            boolean isEscaped = false;
            for (int character : pattern.codePoints().toArray()) {
                boolean escapes = !isEscaped && character == escape.codePointAt(0);
                if (!escapes) {
                    regex.append(
                            switch (isEscaped ? -1 : character) {
                                case '%' -> ".*";
                                case '_' -> ".";
                                default -> Pattern.quote(Character.toString(character));
                            });
                }
                isEscaped = escapes;
            }
            return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        }
    }

    /// A function of one text.
    private static final class OfText extends Function {

        private final UnaryOperator<String> function;

        OfText(UnaryOperator<String> function) {
            this.function = function;
        }

        @Override
        protected void xFunc() throws SQLException {
            result(function.apply(value_text(0)));
        }
    }

    /// For a long read, which has a limit of its own.
    static void setUnlimited(Connection connection) throws SQLException {
        LIMITS.get(connection.unwrap(SQLiteConnection.class)).isOff = true;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            var sqlite = connection.unwrap(SQLiteConnection.class);
            var limit = new Limit();
            ProgressHandler.setHandler(sqlite, STEPS, limit);
            Function.create(sqlite, "like", new Like(), 3, Function.FLAG_DETERMINISTIC);
            Function.create(sqlite, "search_query", new OfText(SqliteSearch::query), 1, Function.FLAG_DETERMINISTIC);
            Function.create(
                    sqlite, "search_exclusion", new OfText(SqliteSearch::exclusion), 1, Function.FLAG_DETERMINISTIC);
            LIMITS.put(sqlite, limit);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            LIMITS.get(connection.unwrap(SQLiteConnection.class)).isOff = false;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onConnectionDestroy(Connection connection) {
        try {
            LIMITS.remove(connection.unwrap(SQLiteConnection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
