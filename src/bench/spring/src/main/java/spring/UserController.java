package spring;

import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class UserController {

    record UserView(long id, String name, Integer age, Instant createdAt, Instant updatedAt, long version) {
        static UserView of(User user) {
            return new UserView(
                    user.getId(),
                    user.getName(),
                    user.getAge(),
                    user.getCreatedAt(),
                    user.getUpdatedAt(),
                    user.getVersion());
        }
    }

    private final UserRepository users;

    UserController(UserRepository users) {
        this.users = users;
    }

    @GetMapping("/users/{id}")
    UserView user(@PathVariable long id) {
        return users.findById(id)
                .map(UserView::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
