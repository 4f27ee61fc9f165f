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
    public static User get(long id, LockModeType lock) {
        return get(User.class, id, lock);
    }

    /// The users that fit the query. Every list, export, count and write by filter goes through here.
    public static Rows<User> matching(Query query) {
        return new Rows<>(query);
    }

    /// The id of the user that belongs to this subject of this issuer; there is one at most.
    public static Optional<Long> claimedBy(String issuer, String subject) {
        return find("select id from User where issuer = ?1 and subject = ?2", issuer, subject)
                .project(Long.class)
                .firstResultOptional();
    }

    /// Makes the user this person's own. It stays theirs.
    ///
    /// @throws EntityExistsException when the person has one already
    public void claim(String issuer, String subject) {
        claimedBy(issuer, subject).ifPresent(id -> {
            throw new EntityExistsException("You have a user already, with the id " + id);
        });
        this.issuer = issuer;
        this.subject = subject;
    }
}
