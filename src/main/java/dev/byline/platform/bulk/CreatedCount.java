package dev.byline.platform.bulk;

import dev.byline.platform.rest.RowCount;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The number of new rows.
@RegisterForReflection // the methods that answer with it promise no type
public record CreatedCount(long created) implements RowCount {}
