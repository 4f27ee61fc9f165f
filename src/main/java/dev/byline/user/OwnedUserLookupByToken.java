package dev.byline.user;

import dev.byline.platform.security.OwnedUserLookup;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The users that belong to persons with a token.
@Singleton
public class OwnedUserLookupByToken implements OwnedUserLookup {

    @Override
    public Optional<Long> idOf(String issuer, String subject) {
        return User.idOf(issuer, subject);
    }
}
