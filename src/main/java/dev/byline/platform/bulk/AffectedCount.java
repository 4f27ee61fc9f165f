package dev.byline.platform.bulk;

import dev.byline.platform.rest.RowCount;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The number of rows that a write by filter has changed or deleted.
@RegisterForReflection
@Schema(name = "Affected")
public record AffectedCount(
        @Schema(required = true, examples = "3") long affected) implements RowCount {}
