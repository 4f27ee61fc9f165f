package dev.byline.user;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.Query;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Rows;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;

/// A person who writes posts.
@Entity
@Table(name = "users")
@SequenceGenerator(name = "users_id_seq", sequenceName = "users_id_seq", allocationSize = 50)
public class User extends BaseEntity {

    /// The fields of users that clients may query.
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

    /// The `iss` and `sub` of the token of the user's owner; `null` if there is none. No answer shows them.
    public String issuer;

    public String subject;

    /// @throws EntityNotFoundException when there is no such user
    public static User get(long id, LockModeType lock) {
        return get(User.class, id, lock);
    }

    /// The users that fit the query. Every list, export, count and write by filter uses this method.
    public static Rows<User> matching(Query query) {
        return new Rows<>(query);
    }

    /// The id of the user that this subject of this issuer owns. There is at most one.
    public static Optional<Long> claimedBy(String issuer, String subject) {
        return find("select id from User where issuer = ?1 and subject = ?2", issuer, subject)
                .project(Long.class)
                .firstResultOptional();
    }

    /// Makes this person the owner of the user. The owner never changes.
    ///
    /// @throws EntityExistsException when the person has a user already
    public void claim(String issuer, String subject) {
        claimedBy(issuer, subject).ifPresent(id -> {
            throw new EntityExistsException("You have a user already, with the id " + id);
        });
        this.issuer = issuer;
        this.subject = subject;
    }
}
