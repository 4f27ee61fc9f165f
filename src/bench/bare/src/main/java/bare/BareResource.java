package bare;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.panache.common.Sort;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

/// What the benchmark asks for, as Quarkus' guides write it: the same paths, members and statements as Byline.
@Path("/")
public class BareResource {

    public record UserView(long id, String name, Integer age, Instant createdAt, Instant updatedAt, long version) {
        static UserView of(User user) {
            return new UserView(user.id, user.name, user.age, user.createdAt, user.updatedAt, user.version);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PostView(
            long id,
            String title,
            String content,
            long userId,
            Instant createdAt,
            Instant updatedAt,
            long version,
            UserView user) {
        static PostView of(Post post, UserView user) {
            return new PostView(
                    post.id,
                    post.title,
                    post.content,
                    post.user.id,
                    post.createdAt,
                    post.updatedAt,
                    post.version,
                    user);
        }
    }

    public record PostInput(String title, String content, long userId) {}

    @GET
    @Path("users/{id}")
    public UserView user(long id) {
        return UserView.of(User.<User>findByIdOptional(id).orElseThrow(NotFoundException::new));
    }

    @GET
    @Path("posts")
    public List<PostView> posts(@RestQuery int limit, @RestQuery String embed) {
        return embed == null
                ? Post.<Post>findAll(Sort.by("id")).page(0, limit).stream()
                        .map(post -> PostView.of(post, null))
                        .toList()
                : Post.<Post>find("from Post p join fetch p.user order by p.id").page(0, limit).stream()
                        .map(post -> PostView.of(post, UserView.of(post.user)))
                        .toList();
    }

    @GET
    @Path("users/{id}/posts")
    public List<PostView> postsOf(long id, @RestQuery int limit) {
        return Post.<Post>find("user.id", Sort.by("id"), id).page(0, limit).stream()
                .map(post -> PostView.of(post, null))
                .toList();
    }

    @POST
    @Path("posts")
    @Transactional
    @ResponseStatus(201)
    public PostView create(PostInput input) {
        var post = new Post();
        post.title = input.title();
        post.content = input.content();
        post.user = Post.getEntityManager().getReference(User.class, input.userId());
        post.createdAt = Instant.now();
        post.updatedAt = post.createdAt;
        post.persist();
        return PostView.of(post, null);
    }
}
