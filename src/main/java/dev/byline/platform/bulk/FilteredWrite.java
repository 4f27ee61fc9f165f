package dev.byline.platform.bulk;

import dev.byline.platform.http.Prefer;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.query.Rows;
import dev.byline.platform.server.Outcome;
import dev.byline.platform.server.Route;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// Changes or deletes all rows that fit the filter of the current request, in one statement. If there are more
/// than `Prefer: max-affected=n` allows, nothing is changed.
@Singleton
public record FilteredWrite(CurrentVertxRequest current) {

    /// Sets these fields of the rows to these values, and increments the versions.
    public RestResponse<AffectedCount> change(Rows<?> rows, Map<String, ?> values) {
        if (values.isEmpty()) {
            throw ProblemException.malformed("The patch names no member to change.");
        }
        refuseAll(rows);
        return answer(rows.change(values));
    }

    public RestResponse<AffectedCount> delete(Rows<?> rows) {
        refuseAll(rows);
        return answer(rows.delete());
    }

    private void refuseAll(Rows<?> rows) {
        if (rows.query().fitsAll()) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    "Say which rows with a filter, as in "
                            + Route.of(current.getCurrent()).orElseThrow().path() + "?id=7");
        }
    }

    private RestResponse<AffectedCount> answer(int affected) {
        Outcome.of(current.getCurrent()).rows = (long) affected;
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
