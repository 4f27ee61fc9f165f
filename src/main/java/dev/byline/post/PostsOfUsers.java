package dev.byline.post;

import static java.util.stream.Collectors.toMap;

import dev.byline.platform.query.TextLimit;
import dev.byline.user.UserEmbed;
import io.quarkus.hibernate.orm.panache.Panache;
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
        Map<Long, List<?>> posts = Post.newestOf(users, MOST, TextLimit.bytes()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, newest -> PostView.all(newest.getValue())));
        // An export asks for many users' posts, some at a time: its session must not keep all of them.
        Panache.getSession().clear();
        return posts;
    }
}
