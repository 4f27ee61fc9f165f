package dev.byline.platform.bulk;

import dev.byline.platform.rest.RowCount;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// The number of new rows.
@RegisterForReflection // the methods that return it do not declare it
public record CreatedCount(long created) implements RowCount {}
