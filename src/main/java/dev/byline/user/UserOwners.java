package dev.byline.user;

import dev.byline.platform.security.Owners;
import jakarta.inject.Singleton;
import java.util.Optional;

/// A person owns their user, and the rows that belong to that user.
@Singleton
public class UserOwners implements Owners {

    @Override
    public String path() {
        return UserResource.PATH;
    }

    @Override
    public Optional<Long> claimedBy(String issuer, String subject) {
        return User.claimedBy(issuer, subject);
    }
}
