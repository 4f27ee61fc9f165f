package dev.byline.comment;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.Query;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Rows;
import dev.byline.post.Post;
import dev.byline.user.User;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;

/// What a user says about a post. Made by `platform/entity/README.md`, to see that this is all it takes.
@Entity
@Table(name = "comments")
@SequenceGenerator(name = "comments_id_seq", sequenceName = "comments_id_seq", allocationSize = 50)
public class Comment extends BaseEntity {

    public static final QueryFields<Comment> FIELDS = QueryFields.of(
                    Comment.class,
                    Field.number("id"),
                    Field.text("text").filled(),
                    Field.reference("post", Post.class),
                    Field.reference("user", User.class),
                    Field.time("createdAt"),
                    Field.time("updatedAt"),
                    Field.number("version"))
            .embedding("post", Post.FIELDS)
            .embedding("user", User.FIELDS)
            .searchable();

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    public Post post;

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    public User user;

    public String text;

    public static Comment get(long id, LockModeType lock) {
        return get(Comment.class, id, lock);
    }

    public static Rows<Comment> matching(Query query) {
        return new Rows<>(query);
    }

    public static Map<Long, List<Comment>> newestOn(List<Long> posts, int most, long bytes) {
        return newest(Comment.class, "post", posts, most, bytes);
    }
}
