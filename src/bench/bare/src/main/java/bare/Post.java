package bare;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

@Entity
@Table(name = "posts")
@SequenceGenerator(name = "posts_id_seq", sequenceName = "posts_id_seq", allocationSize = 50)
public class Post extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "posts_id_seq")
    public Long id;

    public String title;
    public String content;

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    public User user;

    public Instant createdAt;
    public Instant updatedAt;

    @Version
    public long version;
}
