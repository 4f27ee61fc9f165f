package dev.byline.platform.security;

import java.util.Optional;

/// Finds the user that is a caller's own. Users are a feature, which this package must not know, so they come to it.
public interface OwnedUserLookup {

    /// The id of the user that belongs to this subject of this issuer, in one statement.
    Optional<Long> idOf(String issuer, String subject);
}
