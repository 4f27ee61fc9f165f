package dev.byline.user;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Something of another feature that users can carry along, `?embed=posts`. Users must not know of posts, so posts
/// come to them.
public interface UserEmbed {

    /// What belongs to each of the users with these ids, by the id, in one statement. A user without any may be
    /// missing.
    Map<Long, List<?>> of(Collection<Long> users);
}
