package dev.byline.post;

import dev.byline.platform.bulk.BulkImport;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.rest.InputValidator;
import dev.byline.platform.rest.ListResponse;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.security.CurrentCaller;
import dev.byline.platform.security.WriteScope;
import dev.byline.platform.upload.Uploads;
import dev.byline.platform.write.Write;
import dev.byline.user.User;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/users/{id}/posts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ReadsFromReplica
@WriteScope("posts:write")
@Tag(name = "posts")
public class UserPostsResource {

    private final SentBody body;
    private final InputValidator validated;
    private final BulkImport bulk;
    private final CurrentCaller caller;

    UserPostsResource(SentBody body, InputValidator validated, BulkImport bulk, CurrentCaller caller) {
        this.validated = validated;
        this.body = body;
        this.bulk = bulk;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "A user's posts, as `/posts` has them")
    @Parameter(ref = "limit")
    @Parameter(name = "embed", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, enumeration = "user"))
    @Produces({MediaType.APPLICATION_JSON, "application/x-ndjson", "text/csv"})
    public Response list(long id, RoutingContext request) {
        var posts = ListResponse.of(Post.FIELDS.query(QueryString.of(request)).having("userId", id), request);
        if (!(posts.getEntity() instanceof List<?> page) || page.isEmpty()) {
            User.get(id); // only now is it worth a statement to tell a user without posts from no user
        }
        return posts;
    }

    @POST
    @Write
    @Consumes({MediaType.APPLICATION_JSON, Uploads.NDJSON, Uploads.CSV})
    @Operation(summary = "Create a post of this user")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "UserPostInput")))
    @APIResponseSchema(PostView.class)
    public RestResponse<?> create(long id) throws IOException {
        User.mustExist(id);
        caller.mustOwn(id);
        return body.hasRows()
                ? bulk.create(PostInput.class, new PostImport(input -> input.by(id)))
                : PostResource.created(validated.of(body.one(PostInput.class).by(id)));
    }
}
