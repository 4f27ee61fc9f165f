package dev.byline.user;

import java.util.List;
import java.util.Map;

/// Something of another feature that users can carry along, `?embed=posts`. Users must not know of posts, so posts
/// come to them.
public interface UserEmbed {

    /// What belongs to each of the users with these ids, by the id, in one statement. Where it reaches the
    /// {@link dev.byline.platform.query.TextLimit}, the users that follow are missing; the first one never is.
    Map<Long, List<?>> of(List<Long> users);
}
