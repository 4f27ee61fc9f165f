package dev.byline.platform.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/// Asks MariaDB's optimizer how many rows it expects, without reading any. Hibernate has no `explain`. So the
/// statement gets a mark, and this inspector puts `explain` before a marked statement.
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "byline.database", stringValue = "mariadb")
public class MariaDbEstimate implements StatementInspector {

    private static final long serialVersionUID = 1L;

    private static final String MARK = "select 'optimizer estimate'";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PERCENT = 100;

    static long of(Session session, String from, Map<String, Object> parameters) {
        var selection = session.createSelectionQuery(MARK + from, String.class);
        parameters.forEach(selection::setParameter);
        try {
            return rows(JSON.readTree(selection.getSingleResult()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The tables are joined, so their numbers are multiplied. A condition that nothing fits has no tables.
    private static long rows(JsonNode plan) {
        var tables = plan.findValues("table");
        return tables.isEmpty()
                ? 0
                : Math.round(tables.stream()
                        .mapToDouble(
                                table -> table.path(table.has("rows") ? "rows" : "rows_examined_per_scan") // MySQL's
                                                .asDouble(1)
                                        * table.path("filtered").asDouble(PERCENT)
                                        / PERCENT)
                        .reduce(1, (rows, ofNext) -> rows * ofNext));
    }

    @Override
    public String inspect(String sql) {
        return sql.startsWith(MARK) ? "explain format=json " + sql : sql;
    }
}
