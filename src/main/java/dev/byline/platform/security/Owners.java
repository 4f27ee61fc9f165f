package dev.byline.platform.security;

import java.util.Optional;

/// The entity whose rows represent people. Each row represents one person at most, and owns what the person owns.
/// The entity belongs to a feature, on which this package must not depend, so the feature implements this.
public interface Owners {

    /// The path of the entity's resource.
    String path();

    /// The id of the row that represents this subject of this issuer, read with one statement.
    Optional<Long> claimedBy(String issuer, String subject);
}
