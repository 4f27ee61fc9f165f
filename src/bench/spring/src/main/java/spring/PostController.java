package spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import spring.UserController.UserView;

@RestController
class PostController {

    record PostInput(
            @NotNull @Size(min = 1, max = 200) String title,
            @NotNull @Size(max = 100_000) String content,
            @NotNull Long userId) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PostView(
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
                    post.getId(),
                    post.getTitle(),
                    post.getContent(),
                    post.getUser().getId(),
                    post.getCreatedAt(),
                    post.getUpdatedAt(),
                    post.getVersion(),
                    user);
        }

        static PostView of(Post post) {
            return of(post, null);
        }
    }

    private final PostRepository posts;
    private final UserRepository users;

    PostController(PostRepository posts, UserRepository users) {
        this.posts = posts;
        this.users = users;
    }

    @GetMapping("/posts")
    List<PostView> posts(@RequestParam int limit) {
        return posts.findAllByOrderById(Limit.of(limit)).stream()
                .map(PostView::of)
                .toList();
    }

    @GetMapping(path = "/posts", params = "embed=user")
    List<PostView> postsWithUsers(@RequestParam int limit) {
        return posts.findWithUserByOrderById(Limit.of(limit)).stream()
                .map(post -> PostView.of(post, UserView.of(post.getUser())))
                .toList();
    }

    @GetMapping("/users/{id}/posts")
    List<PostView> postsOf(@PathVariable long id, @RequestParam int limit) {
        return posts.findByUserIdOrderById(id, Limit.of(limit)).stream()
                .map(PostView::of)
                .toList();
    }

    @PostMapping("/posts")
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    PostView create(@Valid @RequestBody PostInput input) {
        var user = users.getReferenceById(input.userId());
        return PostView.of(posts.save(new Post(input.title(), input.content(), user)));
    }
}
