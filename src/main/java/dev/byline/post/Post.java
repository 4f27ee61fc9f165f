package dev.byline.post;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.QueryFields;
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
import java.util.Optional;
import java.util.stream.Stream;

/// A text under a user's name.
@Entity
@Table(name = "posts")
@SequenceGenerator(name = "posts_id_seq", sequenceName = "posts_id_seq", allocationSize = 50)
public class Post extends BaseEntity {

    /// What may be asked of posts, and of their users.
    public static final QueryFields<Post> FIELDS = QueryFields.of(
                    Post.class,
                    Field.number("id"),
                    Field.text("title").filled(),
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
    /// user. Users that follow on `bytes` of texts, in UTF-8, are left out; the first one never is.
    public static Map<Long, List<Post>> newestOf(List<Long> users, int most, long bytes) {
        // One array, so that any number of users is the same statement to the database. What it leaves out it does not
        // read either: it knows the size of a long text without it.
        return getSession()
                .createNativeQuery("""
                        select writer, id, user_id, title, content, created_at, updated_at, version from (
                            select writer.id writer, place, newest.*,
                                coalesce(sum(octet_length(title) + octet_length(content)) over (
                                    order by place groups between unbounded preceding and 1 preceding), 0) bytes_before
                            from unnest(:users) with ordinality writer (id, place) left join lateral (
                                select id, user_id, title, content, created_at, updated_at, version
                                from posts where user_id = writer.id order by id desc limit :most
                            ) newest on true
                        ) newest
                        where bytes_before < :bytes
                        order by id desc""", Object[].class)
                .addScalar("writer", Long.class)
                .addEntity(Post.class)
                .setParameter("users", users.toArray(Long[]::new))
                .setParameter("most", most)
                .setParameter("bytes", bytes)
                // No result stream: its rows stay in memory until somebody closes it, or the session.
                .getResultList()
                .stream()
                // A user without posts has one row without a post.
                .collect(groupingBy(
                        row -> (Long) row[0], flatMapping(row -> Stream.ofNullable((Post) row[1]), toList())));
    }
}
