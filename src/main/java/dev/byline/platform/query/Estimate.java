package dev.byline.platform.query;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/// Asks PostgreSQL's planner how many rows it expects, without reading any. Hibernate has no `explain`. So the
/// statement gets a mark, and this inspector puts `explain` before a marked statement.
@Singleton
@PersistenceUnitExtension
public class Estimate implements StatementInspector {

    private static final long serialVersionUID = 1L;

    static final String MARK = "select 'planner estimate'";
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

    static long of(Query query) {
        var where = query.where();
        var plan = SelectStatements.selection(MARK + SelectStatements.from(query, where), where, String.class)
                .getSingleResult();
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
