package dev.byline.platform.bulk;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Where;
import dev.byline.platform.server.Outcome;
import dev.byline.platform.server.Route;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// Changes or deletes all rows that fit the filter of the current request, in one statement. `Prefer: max-affected=n`
/// refuses where there are more.
@Singleton
public class FilteredWrite {

    private final CurrentVertxRequest current;

    FilteredWrite(CurrentVertxRequest current) {
        this.current = current;
    }

    /// Gives these attributes of the rows these values. Their versions rise.
    public RestResponse<AffectedCount> change(
            QueryFields<?> rows, Class<? extends BaseEntity> entity, Map<String, ?> values) {
        if (values.isEmpty()) {
            throw new ProblemException(ProblemType.MALFORMED, "The patch names no member to change.");
        }
        var all = new HashMap<String, Object>(values);
        all.put("updatedAt", Instant.now().truncatedTo(ChronoUnit.MICROS));
        var assignments = all.keySet().stream()
                .map(attribute -> attribute + " = :" + attribute)
                .collect(joining(", "));
        return execute(rows, "update versioned " + entity.getSimpleName() + " set " + assignments, all);
    }

    public RestResponse<AffectedCount> delete(QueryFields<?> rows, Class<? extends BaseEntity> entity) {
        return execute(rows, "delete from " + entity.getSimpleName(), Map.of());
    }

    private RestResponse<AffectedCount> execute(QueryFields<?> rows, String statement, Map<String, ?> values) {
        var where = filter(rows);
        var mutation = Panache.getSession().createMutationQuery(statement + " where " + where.hql());
        where.parameters().forEach(mutation::setParameter);
        values.forEach(mutation::setParameter);
        return answer(mutation.executeUpdate());
    }

    private Where filter(QueryFields<?> rows) {
        var where = rows.where(QueryString.of(current.getCurrent()));
        if (where.isEmpty()) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    "Say which rows with a filter, as in "
                            + Route.of(current.getCurrent()).path() + "?id=7");
        }
        return where;
    }

    private RestResponse<AffectedCount> answer(int affected) {
        Outcome.noteRows(current.getCurrent(), affected);
        var most = Prefer.of(current.getCurrent().request()).number("max-affected");
        var answer = ResponseBuilder.ok(new AffectedCount(affected));
        most.ifPresent(limit -> {
            if (affected > limit) {
                throw new ProblemException(
                        ProblemType.TOO_MANY_ROWS,
                        "%d rows fit, more than max-affected=%d. Nothing is changed.".formatted(affected, limit));
            }
            answer.header(Prefer.APPLIED, "max-affected=" + limit);
        });
        return answer.build();
    }
}
