package dev.byline.platform.security;

import java.util.Optional;

/// The entity whose rows stand for people, each for one at most: what a person owns belongs to their row. It is a
/// feature's, which this package must not know, so the feature implements this.
public interface Owners {

    /// The path of the entity's resource.
    String path();

    /// The id of the row that stands for this subject of this issuer, in one statement.
    Optional<Long> claimedBy(String issuer, String subject);
}
