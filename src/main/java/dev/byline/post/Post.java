package dev.byline.post;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.Query;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Rows;
import dev.byline.user.User;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.FetchType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;

/// A text that a user has written.
@Entity
@Table(name = "posts")
@SequenceGenerator(name = "posts_id_seq", sequenceName = "posts_id_seq", allocationSize = 50)
public class Post extends BaseEntity {

    /// The fields of posts and of their users that clients may query.
    public static final QueryFields<Post> FIELDS = QueryFields.of(
                    Post.class,
                    Field.number("id"),
                    Field.text("title").filled(),
                    Field.text("content").large(),
                    Field.reference("user", User.class),
                    Field.time("createdAt"),
                    Field.time("updatedAt"),
                    Field.number("version"))
            .embedding("user", User.FIELDS)
            .searchable();

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    public User user;

    public String title;
    public String content;

    /// @throws EntityNotFoundException when there is no such post
    public static Post get(long id, LockModeType lock) {
        return get(Post.class, id, lock);
    }

    /// The posts that fit the query. Every list, export, count and write by filter uses this method.
    public static Rows<Post> matching(Query query) {
        return new Rows<>(query);
    }

    /// The newest posts of each of these users, newest first, at most `most` for each user. When the texts reach
    /// `bytes` in UTF-8, the remaining users are left out. The first user is always included.
    public static Map<Long, List<Post>> newestOf(List<Long> users, int most, long bytes) {
        return newest(Post.class, "user", users, most, bytes);
    }
}
