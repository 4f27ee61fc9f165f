package dev.byline.post;

import dev.byline.bulk.Bulk;
import dev.byline.http.ListAnswer;
import dev.byline.http.Uploads;
import dev.byline.http.Validated;
import dev.byline.replica.ReadsFromReplica;
import dev.byline.security.Caller;
import dev.byline.user.User;
import dev.byline.write.Write;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/users/{id}/posts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ReadsFromReplica
@Tag(name = "posts")
public class UserPostsResource {

    private final Validated validated;
    private final Bulk bulk;
    private final Caller caller;

    UserPostsResource(Validated validated, Bulk bulk, Caller caller) {
        this.validated = validated;
        this.bulk = bulk;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "A user's posts, as `/posts` has them")
    @Parameter(ref = "limit")
    @Parameter(name = "embed", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, enumeration = "user"))
    @Produces({MediaType.APPLICATION_JSON, "application/x-ndjson", "text/csv"})
    public Response list(long id, UriInfo uri, HttpHeaders request) {
        var posts = ListAnswer.of(Post.FIELDS.query(uri.getQueryParameters()).having("userId", id), uri, request);
        if (!(posts.getEntity() instanceof List<?> page) || page.isEmpty()) {
            User.get(id); // only now is it worth a statement to tell a user without posts from no user
        }
        return posts;
    }

    @POST
    @Write
    @Operation(summary = "Create a post of this user")
    public RestResponse<PostView> create(
            long id,
            @RequestBody(content = @Content(schema = @Schema(ref = "UserPostInput"))) @NotNull PostInput input) {
        User.mustExist(id);
        caller.mustOwn(id);
        return PostResource.created(validated.of(input.by(id)));
    }

    @POST
    @Write(many = true)
    @Consumes({Uploads.JSON_ARRAY, Uploads.NDJSON, Uploads.CSV})
    @Operation(hidden = true) // openapi.BulkCreation describes it with the other POST
    public RestResponse<?> createAll(long id) throws IOException {
        User.mustExist(id);
        caller.mustOwn(id);
        return bulk.create(PostInput.class, new NewPosts(input -> input.by(id)));
    }
}
