package dev.byline.platform.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.http.Prefer;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.problem.Problem.Violation;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        var sent = keepsServerValues() ? Optional.of(new ServerValues.Sent()) : Optional.<ServerValues.Sent>empty();
        ObjectReader reader = json.readerFor(creation.type()).withAttribute(ServerValues.Sent.class, sent.orElse(null));
        var request = current.getCurrent();
        try (var rows = RowReader.<I>of(request, reader)) {
            var work = new Work<>(creation, sent, Upload.of(request).isEmpty() && !isMinimal());
            for (var row = rows.next(); row != null; row = rows.next()) {
                work.take(row);
            }
            var answer = work.finish();
            Outcome.of(request).rows = work.count;
            return RestResponse.ok(answer);
        }
    }

    /// Whether the current request wants the new rows to have the values that only the server sets as they are sent.
    public boolean keepsServerValues() {
        return prefer().keepsServerMembers();
    }

    private boolean isMinimal() {
        return prefer().oneOf("return", "minimal", "representation").equals(Optional.of("minimal"));
    }

    private Prefer prefer() {
        return Prefer.of(current.getCurrent().request());
    }

    private final class Work<I extends Record, V> {

        private final RowImport<I, V> creation;
        private final Optional<ServerValues.Sent> sent;
        private final boolean answersRows;
        private final InvalidRows bad = new InvalidRows();
        private final Map<RowPosition, NewRow<I>> batch = new LinkedHashMap<>();
        private final List<V> created = new ArrayList<>();
        private int characters;
        private long count;

        Work(RowImport<I, V> creation, Optional<ServerValues.Sent> sent, boolean answersRows) {
            this.creation = creation;
            this.sent = sent;
            this.answersRows = answersRows;
        }

        void take(InputRow<I> row) {
            sent.ifPresent(ServerValues.Sent::clear);
            try {
                var input = Optional.ofNullable(row.input().read()) // null is JSON's null
                        .orElseThrow(() -> ProblemException.ofMember("#", "type", "must be a JSON object"));
                var valid = validated.of(creation.preparation().apply(input));
                batch.put(row.place(), new NewRow<>(valid, sent.map(ServerValues.Sent::values)));
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
            var inputs = batch.values().stream().map(NewRow::input).toList();
            var references = References.of(creation.type(), inputs, creation.references());
            var taken = taken();
            batch.forEach((place, row) -> {
                var wrong = new ArrayList<>(references.wrong(row.input()));
                if (row.keptId().filter(id -> !taken.add(id)).isPresent()) {
                    wrong.add(Violation.ofMember("#/id", "conflict", "is the id of another row"));
                }
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

        /// The ids of stored rows that rows of the batch want to keep.
        private Set<Long> taken() {
            var ids = batch.values().stream()
                    .flatMap(row -> row.keptId().stream())
                    .toList();
            return ids.isEmpty() ? new HashSet<>() : new HashSet<>(BaseEntity.existing(creation.entity(), ids));
        }
    }
}
