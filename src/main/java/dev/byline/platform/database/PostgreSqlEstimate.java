package dev.byline.platform.database;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/// Asks PostgreSQL's planner how many rows it expects, without reading any. Hibernate has no `explain`. So the
/// statement gets a mark, and this inspector puts `explain` before a marked statement.
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "byline.database", stringValue = "postgresql")
public class PostgreSqlEstimate implements StatementInspector {

    private static final long serialVersionUID = 1L;

    public static final String MARK = "select 'planner estimate'";
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

    static long of(Session session, String from, Map<String, Object> parameters) {
        var selection = session.createSelectionQuery(MARK + from, String.class);
        parameters.forEach(selection::setParameter);
        var plan = selection.getSingleResult();
        var rows = ROWS.matcher(plan); // the first is that of the whole plan
        if (!rows.find()) {
            throw new IllegalStateException("PostgreSQL explained nothing: " + plan);
        }
        return Long.parseLong(rows.group(1));
    }

    @Override
    public String inspect(String sql) {
        return sql.startsWith(MARK) ? "explain (format json) " + sql : sql;
    }
}
