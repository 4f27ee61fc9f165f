package dev.byline.user;

import static dev.byline.platform.problem.ProblemType.CONFLICT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.bulk.AffectedCount;
import dev.byline.platform.bulk.BulkImport;
import dev.byline.platform.bulk.FilteredWrite;
import dev.byline.platform.export.RowView;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.query.Row;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.rest.ETags;
import dev.byline.platform.rest.InputValidator;
import dev.byline.platform.rest.ListResponse;
import dev.byline.platform.rest.MergePatch;
import dev.byline.platform.rest.RowParameters;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.security.CurrentCaller;
import dev.byline.platform.security.WriteScope;
import dev.byline.platform.upload.Uploads;
import dev.byline.platform.write.Write;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ReadsFromReplica
@WriteScope("users:write")
@Tag(name = "users")
public class UserResource {

    private static final String POSTS = "posts";

    private final MergePatch mergePatch;
    private final SentBody body;
    private final InputValidator validated;
    private final BulkImport bulk;
    private final FilteredWrite byFilter;
    private final UserEmbed posts;
    private final CurrentCaller caller;

    UserResource(
            MergePatch mergePatch,
            SentBody body,
            InputValidator validated,
            BulkImport bulk,
            FilteredWrite byFilter,
            UserEmbed posts,
            CurrentCaller caller) {
        this.mergePatch = mergePatch;
        this.body = body;
        this.validated = validated;
        this.bulk = bulk;
        this.byFilter = byFilter;
        this.posts = posts;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Users: filtered and sorted; as pages or as a whole")
    @Parameter(ref = "limit")
    @Parameter(
            name = "embed",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, enumeration = "posts"))
    @Produces({MediaType.APPLICATION_JSON, "application/x-ndjson", "text/csv"})
    public Response list(RoutingContext request) {
        var query = User.FIELDS.query(QueryString.of(request), POSTS);
        return ListResponse.of(query, query.embed().isEmpty() ? RowView.OWN : this::withPosts, request);
    }

    @POST
    @Write
    @Consumes({MediaType.APPLICATION_JSON, Uploads.NDJSON, Uploads.CSV})
    @Operation(summary = "Create a user")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UserInput.class)))
    @APIResponseSchema(UserView.class)
    public RestResponse<?> create() throws IOException {
        if (body.hasRows()) {
            caller.mustBeAdmin();
            return bulk.create(UserInput.class, new UserImport());
        }
        var user = validated.of(body.one(UserInput.class)).writeTo(new User());
        if (!caller.isAdmin()) {
            own(user);
        }
        user.persistAndFlush();
        return ETags.created("/users/" + user.id, UserView.of(user), user.version);
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Write(many = true)
    @Operation(summary = "Change some members of all users that fit a filter")
    public RestResponse<AffectedCount> changeAll(@NotNull ObjectNode patch) throws JsonProcessingException {
        caller.mustBeAdmin();
        return byFilter.change(User.FIELDS, User.class, mergePatch.members(patch, UserInput.class));
    }

    @DELETE
    @Write(many = true)
    @Operation(summary = "Delete all users that fit a filter")
    public RestResponse<AffectedCount> deleteAll() {
        caller.mustBeAdmin();
        return byFilter.delete(User.FIELDS, User.class);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One user")
    @Parameter(
            name = "embed",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING, enumeration = "posts"))
    public RestResponse<UserView> get(long id, RoutingContext request) {
        boolean withPosts = RowParameters.embed(request, POSTS);
        var user = User.get(id);
        // With embedded rows the version says too little for an entity tag.
        return !withPosts
                ? ETags.ok(UserView.of(user), user.version)
                : RestResponse.ok(UserView.of(user, posts.of(List.of(id)).get(id)));
    }

    @PUT
    @Path("{id}")
    @Write
    @Operation(summary = "Replace a user")
    public RestResponse<UserView> replace(long id, @Valid @NotNull UserInput input, RoutingContext request) {
        var user = User.getForUpdate(id);
        caller.mustOwn(id);
        ETags.check(request, user.version);
        return write(input, user);
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Write
    @Operation(summary = "Change some members of a user")
    public RestResponse<UserView> change(long id, @NotNull ObjectNode patch, RoutingContext request)
            throws JsonProcessingException {
        var user = User.getForUpdate(id);
        caller.mustOwn(id);
        ETags.check(request, user.version);
        return write(mergePatch.apply(patch, UserInput.of(user)), user);
    }

    @DELETE
    @Path("{id}")
    @Write
    @Operation(summary = "Delete a user who has no posts")
    public RestResponse<UserView> delete(long id, RoutingContext request) {
        var user = User.getForUpdate(id);
        caller.mustOwn(id);
        ETags.check(request, user.version);
        user.delete();
        return ETags.ok(UserView.of(user), user.version);
    }

    /// A person has one user. Those that an admin creates are nobody's.
    private void own(User user) {
        caller.ownUser().ifPresent(id -> {
            throw new ProblemException(CONFLICT, "You have a user already: /users/" + id + ".");
        });
        user.issuer = caller.issuer();
        user.subject = caller.subject();
    }

    private static RestResponse<UserView> write(UserInput input, User user) {
        // Flushed here, so that a conflict shows here and the answer has the new version.
        input.writeTo(user).persistAndFlush();
        return ETags.ok(UserView.of(user), user.version);
    }

    private List<Map<String, Object>> withPosts(List<Row> users) {
        var posts = this.posts.of(users.stream().map(Row::id).toList());
        var all = RowView.OWN.of(users.subList(0, posts.size()));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).put(POSTS, posts.get(users.get(i).id()));
        }
        return all;
    }
}
