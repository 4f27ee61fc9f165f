package dev.byline.bulk;

import java.util.ArrayList;
import java.util.List;

/// Ends a request with rows that cannot be stored. The first hundred are named, the others counted.
public final class BadRows extends RuntimeException {

    /// @param failure what a single row would have been refused with
    public record BadRow(Place place, Exception failure) {}

    private static final long serialVersionUID = 1L;
    private static final int MOST = 100;

    private final transient List<BadRow> first = new ArrayList<>();
    private long count;

    BadRows() {
        super(null, null, false, false);
    }

    void add(Place place, Exception failure) {
        count++;
        if (first.size() < MOST) {
            first.add(new BadRow(place, failure));
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public List<BadRow> first() {
        return List.copyOf(first);
    }

    public long count() {
        return count;
    }
}
