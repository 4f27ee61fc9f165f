package dev.byline.post;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;
import static java.util.stream.Collectors.groupingBy;

import dev.byline.database.BaseEntity;
import dev.byline.query.Field;
import dev.byline.query.Queryable;
import dev.byline.user.User;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.FetchType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A text under a user's name.
@Entity
@Table(name = "posts")
@SequenceGenerator(name = "posts_id_seq", sequenceName = "posts_id_seq", allocationSize = 50)
public class Post extends BaseEntity {

    /// What may be asked of posts, and of their users.
    public static final Queryable<Post> FIELDS = Queryable.of(
                    Post.class,
                    Field.number("id"),
                    Field.text("title"),
                    Field.text("content").large(),
                    Field.number("userId").at("user.id"),
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
    public static Post get(long id) {
        return get(id, LockModeType.NONE);
    }

    /// The post for the writer's eyes: until the transaction ends, nobody else changes or deletes the row.
    ///
    /// @throws EntityNotFoundException when there is no such post
    public static Post getForUpdate(long id) {
        return get(id, PESSIMISTIC_WRITE);
    }

    private static Post get(long id, LockModeType lock) {
        return orThrow(id, findByIdOptional(id, lock));
    }

    /// The post with its user, in one statement.
    ///
    /// @throws EntityNotFoundException when there is no such post
    public static Post getWithUser(long id) {
        return orThrow(
                id, find("from Post p join fetch p.user where p.id = ?1", id).firstResultOptional());
    }

    private static Post orThrow(long id, Optional<Post> post) {
        return post.orElseThrow(() -> new EntityNotFoundException("There is no post " + id));
    }

    /// Stores many new posts at once.
    public static void createAll(List<Post> posts) {
        copy("posts", "user_id, title, content", posts, (row, post) -> row.add(post.user.id)
                .add(post.title)
                .add(post.content));
    }

    /// The newest posts of each of these users, newest first, in one statement that reads no more than `most` rows a
    /// user.
    public static Map<Long, List<Post>> newestOf(Collection<Long> users, int most) {
        // One array, so that any number of users is the same statement to the database.
        return getSession()
                .createNativeQuery("""
                        select newest.* from unnest(:users) writer (id) cross join lateral (
                            select id, user_id, title, content, created_at, updated_at, version
                            from posts where user_id = writer.id order by id desc limit :most
                        ) newest
                        order by newest.id desc""", Post.class)
                .setParameter("users", users.toArray(Long[]::new))
                .setParameter("most", most)
                .getResultStream()
                .collect(groupingBy(post -> post.user.id));
    }
}
