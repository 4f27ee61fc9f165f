package spring;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

public interface PostRepository extends JpaRepository<Post, Long> {

    List<Post> findAllByOrderById(Limit limit);

    @EntityGraph(attributePaths = "user")
    List<Post> findWithUserByOrderById(Limit limit);

    List<Post> findByUserIdOrderById(long userId, Limit limit);
}
