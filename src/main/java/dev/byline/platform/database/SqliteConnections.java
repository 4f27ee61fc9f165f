package dev.byline.platform.database;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.sqlite.Function;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/// Gives every connection what SQLite itself does not have: a time limit of statements, a `like` that knows the capitals
/// of all letters, and the functions of {@link SqliteSearch}.
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "byline.database", stringValue = "sqlite")
public class SqliteConnections implements AgroalPoolInterceptor, StatementInspector {

    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /// How many steps of its virtual machine SQLite does between two looks at the time.
    private static final int STEPS = 10_000;

    /// The time at which the last statement of this thread must have ended.
    private static final ThreadLocal<Long> DEADLINE = new ThreadLocal<>();

    private static final Map<SQLiteConnection, Limit> LIMITS = new ConcurrentHashMap<>();

    private static final class Limit extends ProgressHandler {

        private volatile boolean isOff;

        @Override
        protected int progress() {
            var deadline = DEADLINE.get();
            return !isOff && deadline != null && System.nanoTime() - deadline > 0 ? 1 : 0;
        }
    }

    /// `text like pattern escape '!'`, called as `like(pattern, text, '!')`.
    private static final class Like extends Function {

        @Override
        protected void xFunc() throws SQLException {
            var pattern = value_text(0);
            var text = value_text(1);
            if (pattern == null || text == null) {
                result();
            } else {
                result(fits(text, pattern) ? 1 : 0);
            }
        }

        /// The patterns of this service are a literal that `%` follows, and may begin with.
        private static boolean fits(String text, String pattern) {
            boolean isAnywhere = pattern.startsWith("%");
            var literal = pattern.substring(isAnywhere ? 1 : 0, pattern.length() - 1)
                    .replaceAll("!(.)", "$1")
                    .toLowerCase(Locale.ROOT);
            var folded = text.toLowerCase(Locale.ROOT);
            return isAnywhere ? folded.contains(literal) : folded.startsWith(literal);
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
    public String inspect(String sql) {
        startStatement();
        return sql;
    }

    static void startStatement() {
        DEADLINE.set(System.nanoTime() + LONGEST.toNanos());
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
