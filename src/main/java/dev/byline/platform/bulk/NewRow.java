package dev.byline.platform.bulk;

import java.util.Optional;

/// A row that an import creates.
///
/// @param input what the client sets
/// @param kept what the server sets otherwise, if the import keeps it
public record NewRow<I>(I input, Optional<ServerValues> kept) {

    Optional<Long> keptId() {
        return kept.map(ServerValues::id);
    }
}
