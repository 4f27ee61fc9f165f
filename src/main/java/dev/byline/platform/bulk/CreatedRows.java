package dev.byline.platform.bulk;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// The number of new rows, and the rows in the order of the request.
@RegisterForReflection // the methods that return it do not declare it
public record CreatedRows(long created, List<?> rows) {

    public static CreatedRows of(List<?> rows) {
        return new CreatedRows(rows.size(), rows);
    }
}
