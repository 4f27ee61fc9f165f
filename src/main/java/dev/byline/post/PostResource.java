package dev.byline.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.bulk.AffectedCount;
import dev.byline.platform.bulk.BulkImport;
import dev.byline.platform.bulk.FilteredWrite;
import dev.byline.platform.http.QueryString;
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
import java.util.function.UnaryOperator;
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

@Path("/posts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ReadsFromReplica
@WriteScope("posts:write")
@Tag(name = "posts")
public class PostResource {

    private final MergePatch mergePatch;
    private final SentBody body;
    private final InputValidator validated;
    private final BulkImport bulk;
    private final FilteredWrite byFilter;
    private final CurrentCaller caller;

    PostResource(
            MergePatch mergePatch,
            SentBody body,
            InputValidator validated,
            BulkImport bulk,
            FilteredWrite byFilter,
            CurrentCaller caller) {
        this.mergePatch = mergePatch;
        this.body = body;
        this.validated = validated;
        this.bulk = bulk;
        this.byFilter = byFilter;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "Posts: filtered, sorted, searched; as pages or as a whole")
    @Parameter(ref = "limit")
    @Parameter(name = "embed", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, enumeration = "user"))
    @Produces({MediaType.APPLICATION_JSON, "application/x-ndjson", "text/csv"})
    public Response list(RoutingContext request) {
        return ListResponse.of(Post.FIELDS.query(QueryString.of(request)), request);
    }

    @POST
    @Write
    @Consumes({MediaType.APPLICATION_JSON, Uploads.NDJSON, Uploads.CSV})
    @Operation(summary = "Create a post")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PostInput.class)))
    @APIResponseSchema(PostView.class)
    public RestResponse<?> create() throws IOException {
        if (body.hasRows()) {
            caller.mustBeAdmin();
            return bulk.create(PostInput.class, new PostImport(UnaryOperator.identity()));
        }
        var input = validated.of(body.one(PostInput.class));
        caller.mustOwn(input.userId());
        return created(input);
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Write(many = true)
    @Operation(summary = "Change some members of all posts that fit a filter")
    public RestResponse<AffectedCount> changeAll(@NotNull ObjectNode patch) throws JsonProcessingException {
        caller.mustBeAdmin();
        return byFilter.change(
                Post.FIELDS, Post.class, PostInput.attributes(mergePatch.members(patch, PostInput.class)));
    }

    @DELETE
    @Write(many = true)
    @Operation(summary = "Delete all posts that fit a filter")
    public RestResponse<AffectedCount> deleteAll() {
        caller.mustBeAdmin();
        return byFilter.delete(Post.FIELDS, Post.class);
    }

    static RestResponse<PostView> created(PostInput input) {
        var post = input.writeTo(new Post());
        post.persistAndFlush();
        return ETags.created("/posts/" + post.id, PostView.of(post), post.version);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One post")
    @Parameter(name = "embed", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING, enumeration = "user"))
    public RestResponse<PostView> get(long id, RoutingContext request) {
        if (RowParameters.embed(request, "user")) {
            // With an embedded row the version says too little for an entity tag.
            return RestResponse.ok(PostView.withUser(Post.getWithUser(id)));
        }
        var post = Post.get(id);
        return ETags.ok(PostView.of(post), post.version);
    }

    @PUT
    @Path("{id}")
    @Write
    @Operation(summary = "Replace a post")
    public RestResponse<PostView> replace(long id, @Valid @NotNull PostInput input, RoutingContext request) {
        var post = Post.getForUpdate(id);
        caller.mustOwn(post.user.id);
        ETags.check(request, post.version);
        return write(input, post);
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Write
    @Operation(summary = "Change some members of a post")
    public RestResponse<PostView> change(long id, @NotNull ObjectNode patch, RoutingContext request)
            throws JsonProcessingException {
        var post = Post.getForUpdate(id);
        caller.mustOwn(post.user.id);
        ETags.check(request, post.version);
        return write(mergePatch.apply(patch, PostInput.of(post)), post);
    }

    @DELETE
    @Path("{id}")
    @Write
    @Operation(summary = "Delete a post")
    public RestResponse<PostView> delete(long id, RoutingContext request) {
        var post = Post.getForUpdate(id);
        caller.mustOwn(post.user.id);
        ETags.check(request, post.version);
        post.delete();
        return ETags.ok(PostView.of(post), post.version);
    }

    private RestResponse<PostView> write(PostInput input, Post post) {
        if (!input.userId().equals(post.user.id)) {
            caller.mustOwn(input.userId()); // a post can be given away only by who owns both ends
        }
        // Flushed here, so that a conflict shows here and the answer has the new version.
        input.writeTo(post).persistAndFlush();
        return ETags.ok(PostView.of(post), post.version);
    }
}
