package dev.byline.platform.query;

import dev.byline.platform.database.Database;
import dev.byline.platform.problem.ProblemException;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.ScrollMode;

/// All rows of a query, from one snapshot of the database. They are read in batches, as fast as the reader takes
/// them, so they need constant memory.
public final class RowStream {

    private static final int BATCH = 50;

    /// How long the rows may not be taken.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Takes the rows, a few at a time.
    public interface Reader {
        void take(List<Row> rows) throws IOException;
    }

    private RowStream() {}

    static void read(Query query, Duration timeout, Reader reader) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            QuarkusTransaction.requiringNew()
                    // Longer than the deadline, which is checked only with every batch.
                    .timeout((int) timeout.plusMinutes(2).toSeconds())
                    .run(() -> {
                        Database.get().beginSnapshot(Panache.getSession(), PATIENCE);
                        read(query, timeout, deadline, reader);
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// A batch must not fill the memory. So the database leaves out long texts, and each of them is read by a
    /// statement of its own when its row is reached. Where rows come one by one, the batch ends at a long text.
    private static void read(Query query, Duration timeout, long deadline, Reader reader) {
        boolean isOneByOne = Database.get().sendsRowsOneByOne();
        var columns = query.columns().all();
        var selection = isOneByOne || query.columns().large().isEmpty()
                ? SelectStatements.select(columns, query)
                : SelectStatements.selectShort((int) (TextLimit.bytes() / BATCH), columns, query);
        selection.setFetchSize(isOneByOne ? 1 : BATCH);
        if (isOneByOne) {
            selection.setTimeout((int) timeout.toSeconds()); // the statement lasts as long as its client reads
        }
        if (query.limit() != null) {
            selection.setMaxResults(query.limit());
        }
        try (var scroll = selection.scroll(ScrollMode.FORWARD_ONLY)) {
            var rows = new ArrayList<Row>(BATCH);
            while (scroll.next()) {
                var row = new Row(query, columns, scroll.get());
                boolean isLong = isOneByOne ? hasLongTexts(row) : addLongTexts(row);
                rows.add(row);
                if (isLong || rows.size() == BATCH) {
                    if (System.nanoTime() > deadline) {
                        throw ProblemException.unavailable("The export took too long: ask for fewer rows", null);
                    }
                    reader.take(rows);
                    rows.clear();
                }
            }
            reader.take(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasLongTexts(Row row) {
        return IntStream.range(0, row.columns().size())
                .filter(i -> row.columns().get(i).isLarge())
                .anyMatch(i -> row.values()[i] instanceof String text && text.length() > TextLimit.bytes() / BATCH);
    }

    /// @return whether the row had any
    private static boolean addLongTexts(Row row) {
        boolean isLong = false;
        for (int i = 0; i < row.columns().size(); i++) {
            var field = row.columns().get(i);
            if (field.isLarge() && row.values()[i] == null) {
                row.values()[i] = SelectStatements.text(field, row);
                isLong = true;
            }
        }
        return isLong;
    }
}
