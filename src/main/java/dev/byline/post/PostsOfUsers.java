package dev.byline.post;

import static java.util.stream.Collectors.toMap;

import dev.byline.query.TextLimit;
import dev.byline.user.UserEmbed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// `/users?embed=posts`
@Singleton
public class PostsOfUsers implements UserEmbed {

    /// A preview, not a page: the rest is at `/users/{id}/posts`.
    private static final int MOST = 10;

    @Override
    public Map<Long, List<?>> of(List<Long> users) {
        return Post.newestOf(users, MOST, TextLimit.bytes()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, posts -> PostView.all(posts.getValue())));
    }
}
