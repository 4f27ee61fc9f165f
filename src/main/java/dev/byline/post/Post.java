package dev.byline.post;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;
import static java.util.stream.Collectors.groupingBy;

import dev.byline.database.BaseEntity;
import dev.byline.user.User;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.panache.common.Sort;
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

    public static PanacheQuery<Post> oldestFirst() {
        return findAll(Sort.by("id"));
    }

    public static PanacheQuery<Post> oldestFirstWithUser() {
        return find("from Post p join fetch p.user order by p.id");
    }

    public static PanacheQuery<Post> by(User user) {
        return find("user", Sort.by("id"), user);
    }

    public static PanacheQuery<Post> byWithUser(User user) {
        return find("from Post p join fetch p.user where p.user = ?1 order by p.id", user);
    }

    /// The newest posts of each of these users, newest first, in one statement that reads no more than `most` rows a
    /// user.
    public static Map<Long, List<Post>> newestOf(Collection<User> users, int most) {
        return Post.<Post>find("""
                        select p from User u
                        join lateral (
                            select own.id as id from Post own where own.user = u order by own.id desc limit ?2
                        ) newest
                        join Post p on p.id = newest.id
                        where u in ?1
                        order by p.id desc""", users, most).stream().collect(groupingBy(post -> post.user.id));
    }
}
