package dev.byline.user;

import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.QueryFields;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A person who writes posts.
@Entity
@Table(name = "users")
@SequenceGenerator(name = "users_id_seq", sequenceName = "users_id_seq", allocationSize = 50)
public class User extends BaseEntity {

    /// What may be asked of users.
    public static final QueryFields<User> FIELDS = QueryFields.of(
            User.class,
            Field.number("id"),
            Field.text("name").filled(),
            Field.integer("age").nullable(),
            Field.time("createdAt"),
            Field.time("updatedAt"),
            Field.number("version"));

    public String name;
    public Integer age;

    /// The token's `iss` and `sub` of the person whom the user belongs to, `null` where it is nobody's. Never shown.
    public String issuer;

    public String subject;

    /// @throws EntityNotFoundException when there is no such user
    public static User get(long id) {
        return get(id, LockModeType.NONE);
    }

    /// The user for the writer's eyes: until the transaction ends, nobody else changes or deletes the row.
    ///
    /// @throws EntityNotFoundException when there is no such user
    public static User getForUpdate(long id) {
        return get(id, PESSIMISTIC_WRITE);
    }

    private static User get(long id, LockModeType lock) {
        return User.<User>findByIdOptional(id, lock).orElseThrow(() -> missing(id));
    }

    private static EntityNotFoundException missing(long id) {
        return new EntityNotFoundException("There is no user " + id);
    }

    /// The id of the user that belongs to this subject of this issuer; there is one at most.
    public static Optional<Long> idOf(String issuer, String subject) {
        return find("select id from User where issuer = ?1 and subject = ?2", issuer, subject)
                .project(Long.class)
                .firstResultOptional();
    }

    /// Stands for the user without reading the row. Whether it exists shows when a post that names it is flushed.
    public static User reference(long id) {
        return getEntityManager().getReference(User.class, id);
    }

    /// Those of these ids that are a user's. Until the transaction ends nobody deletes these users.
    public static Set<Long> existing(Collection<Long> ids) {
        return new HashSet<>(getSession()
                .createNativeQuery("select id from users where id = any(:ids) order by id for key share", Long.class)
                .setParameter("ids", ids.stream().distinct().toArray(Long[]::new))
                .getResultList());
    }

    /// Makes sure that there is the user until the transaction ends.
    ///
    /// @throws EntityNotFoundException when there is none
    public static void mustExist(long id) {
        if (existing(List.of(id)).isEmpty()) {
            throw missing(id);
        }
    }

    /// Stores many new users at once.
    public static void createAll(List<User> users) {
        copy("users", "name, age", users, (row, user) -> row.add(user.name).add(user.age));
    }
}
