package dev.byline.platform.query;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.OnlyOn;
import dev.byline.platform.database.PostgreSqlEstimate;
import dev.byline.post.Post;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The plans of the documented queries on 100,000 posts, which are gone when the test ends.
@OnlyOn(value = POSTGRESQL, because = "the plans, which it reads as PostgreSQL's planner writes them")
@QuarkusTest
class PlansTest {

    /// What is asked, and the index that must answer it.
    private static final Map<String, String> QUERIES = Map.ofEntries(
            Map.entry("", "posts_pkey"),
            Map.entry("id=7&id=70007", "posts_pkey"),
            Map.entry("userId=7", "posts_user_id_id_idx"),
            Map.entry("userId=7&sort=-id", "posts_user_id_id_idx"),
            Map.entry("sort=-createdAt", "posts_created_at_id_idx"),
            Map.entry("sort=-createdAt,title", "posts_created_at_id_idx"),
            Map.entry("sort=title", "posts_title_id_idx"),
            Map.entry("title=Title 500", "posts_title_id_idx"),
            Map.entry("updatedAt:gte=2999-01-01T00:00:00Z&sort=updatedAt", "posts_updated_at_id_idx"),
            Map.entry("title:contains=le 5000", "posts_title_trgm_idx"),
            Map.entry("title:startsWith=title 5000", "posts_title_trgm_idx"),
            Map.entry("q=needle", "posts_search_idx"),
            Map.entry("q=needle&sort=-createdAt,title", "posts_search_idx"));

    @Test
    void documentedQueriesScanNoTable() {
        var rolledBack = QuarkusTransaction.requiringNew().timeout(300);
        assertThrows(
                QuarkusTransactionException.class,
                () -> rolledBack.run(() -> {
                    write("insert into users (id, name) select -n, 'Writer' from generate_series(1, 1000) n");
                    for (int last = 5000; last <= 100_000; last += 5000) { // no statement may take long
                        write("""
                        insert into posts (id, user_id, title, content, created_at)
                        select -n, -1 - n %% 1000, 'Title ' || n,
                            case when n %% 10000 = 0 then 'needle' else 'hay ' || md5(n::text) end,
                            now() - n * interval '1 s'
                        from generate_series(%d, %d) n""".formatted(last - 4999, last));
                    }
                    write("analyze posts");
                    QUERIES.forEach((query, index) -> {
                        var plan = plan(query(query));
                        assertFalse(plan.contains("Seq Scan"), query + ": " + plan);
                        assertTrue(plan.contains('"' + index + '"'), query + ": " + plan);
                    });
                    var page = new Rows<Post>(query("sort=-createdAt&limit=1000")).page();
                    var next = plan(query("sort=-createdAt&cursor=" + page.after()));
                    assertTrue(next.contains("\"Index Cond\": \"(ROW("), next);
                    assertTrue(next.contains("\"posts_created_at_id_idx\""), next);
                    QuarkusTransaction.setRollbackOnly();
                }));
    }

    private static void write(String sql) {
        Panache.getSession().createNativeMutationQuery(sql).executeUpdate();
    }

    private static String plan(Query query) {
        var where = query.where();
        if (query.cursor() != null) {
            query.order().seek(query.cursor(), where);
        }
        var hql = PostgreSqlEstimate.MARK + SelectStatements.from(query, where) + " order by "
                + query.order().hql(query.isBackward());
        return SelectStatements.selection(hql, where, String.class)
                .setMaxResults(21)
                .getSingleResult();
    }

    private static Query query(String parameters) {
        return Post.FIELDS.query(parameters(parameters), List.of(), Map.of());
    }

    private static Map<String, List<String>> parameters(String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var parameter : query.isEmpty() ? new String[0] : query.split("&")) {
            var name = parameter.substring(0, parameter.indexOf('='));
            var values = new ArrayList<>(parameters.getOrDefault(name, List.of()));
            values.add(parameter.substring(parameter.indexOf('=') + 1));
            parameters.put(name, values);
        }
        return parameters;
    }
}
