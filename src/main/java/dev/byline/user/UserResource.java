package dev.byline.user;

import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.entity.EntitySupport;
import dev.byline.platform.security.CurrentCaller;
import dev.byline.platform.security.WriteScope;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path(UserResource.PATH)
@Tag(name = "users")
@WriteScope("users:write")
public class UserResource extends EntityResource<User, UserInput, UserView> {

    static final String PATH = "/users";

    UserResource(EntitySupport support) {
        super(support, User.FIELDS, User::new, User::get, User::matching, UserInput.class, UserView::of);
    }

    @Override
    protected Optional<Long> owner(User user) {
        return Optional.of(user.id);
    }

    /// A person has at most one user. A user that an admin creates has no owner.
    @Override
    protected void admit(User user, CurrentCaller caller) {
        if (!caller.isAdmin()) {
            user.claim(caller.issuer(), caller.subject());
        }
    }
}
