package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.http.Prefer;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.rest.InputValidator;
import dev.byline.platform.server.Outcome;
import dev.byline.platform.upload.Upload;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/// Creates the rows of a JSON array, of NDJSON or of CSV, all or none. They are read, checked and stored in
/// batches, so that memory does not grow with their number. After the first bad row nothing more is stored, but
/// the other rows are still checked: one answer lists the first hundred bad rows and counts the others.
@Singleton
public record BulkImport(CurrentVertxRequest current, ObjectMapper json, InputValidator validated) {

    private static final int MOST_ROWS = 5000;
    private static final int MOST_CHARACTERS = 1 << 20;

    /// The answer contains up to this many new rows. For more, it has their number.
    private static final int MOST_ANSWERED = 1000;

    /// Stores the rows of the current request. The answer contains the rows if they came as an array and are few,
    /// else their number. 422 when there are rows that cannot be stored.
    public <I extends Record, V> RestResponse<?> create(RowImport<I, V> creation) throws IOException {
        ObjectReader reader = json.readerFor(creation.type());
        var request = current.getCurrent();
        try (var rows = RowReader.<I>of(request, reader)) {
            var work = new Work<>(creation, Upload.of(request).isEmpty() && !isMinimal());
            for (var row = rows.next(); row != null; row = rows.next()) {
                work.take(row);
            }
            var answer = work.finish();
            Outcome.of(request).rows = work.count;
            return RestResponse.ok(answer);
        }
    }

    private boolean isMinimal() {
        return Prefer.of(current.getCurrent().request())
                .oneOf("return", "minimal", "representation")
                .equals(Optional.of("minimal"));
    }

    private final class Work<I extends Record, V> {

        private final RowImport<I, V> creation;
        private final boolean answersRows;
        private final InvalidRows bad = new InvalidRows();
        private final Map<RowPosition, I> batch = new LinkedHashMap<>();
        private final List<V> created = new ArrayList<>();
        private int characters;
        private long count;

        Work(RowImport<I, V> creation, boolean answersRows) {
            this.creation = creation;
            this.answersRows = answersRows;
        }

        void take(InputRow<I> row) {
            try {
                var input = Optional.ofNullable(row.input().read()) // null is JSON's null
                        .orElseThrow(() -> ProblemException.ofMember("#", "type", "must be a JSON object"));
                batch.put(row.place(), validated.of(creation.preparation().apply(input)));
                characters += row.characters();
            } catch (ProblemException | ConstraintViolationException | IOException e) {
                bad.add(row.place(), e);
            }
            if (batch.size() >= MOST_ROWS || characters >= MOST_CHARACTERS) {
                store();
            }
        }

        Object finish() {
            store();
            if (!bad.isEmpty()) {
                throw bad.problem();
            }
            return answersRows && count <= MOST_ANSWERED ? created : new CreatedCount(count);
        }

        private void store() {
            var references = References.of(creation.type(), batch.values(), creation.references());
            batch.forEach((place, input) -> {
                var wrong = references.wrong(input);
                if (!wrong.isEmpty()) {
                    bad.add(place, new ProblemException(ProblemType.VALIDATION, wrong));
                }
            });
            if (bad.isEmpty()) {
                var views = creation.store().apply(List.copyOf(batch.values()));
                count += views.size();
                if (answersRows && count <= MOST_ANSWERED) {
                    created.addAll(views);
                }
                // Stored rows must not stay in the session's memory.
                Panache.getSession().clear();
            }
            batch.clear();
            characters = 0;
        }
    }
}
