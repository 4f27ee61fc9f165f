package dev.byline.platform.entity;

import static jakarta.persistence.LockModeType.NONE;
import static jakarta.persistence.LockModeType.PESSIMISTIC_WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.bulk.AffectedCount;
import dev.byline.platform.bulk.CreatedRows;
import dev.byline.platform.bulk.NewRow;
import dev.byline.platform.bulk.RowImport;
import dev.byline.platform.export.RowView;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.http.QueryString;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.Query;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Rows;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.rest.ETags;
import dev.byline.platform.rest.ListResponse;
import dev.byline.platform.rest.MergePatch;
import dev.byline.platform.rest.Preconditions;
import dev.byline.platform.rest.RowParameters;
import dev.byline.platform.security.CurrentCaller;
import dev.byline.platform.write.Write;
import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.LockModeType;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;

/// The resource of an entity: everything that a client can do with its rows. A feature extends it, and declares
/// the path, the scope of writes (`@WriteScope`), the input, the view, and the owner of a row.
/// {@link dev.byline.platform.openapi.ContractFilter} completes the description of the API.
///
/// @param <E> the entity
/// @param <I> what a client sends for a row, with its limits
/// @param <V> what a client sees of a row: all members of the input, those of every entity, and no others. It is a
/// record, so that Quarkus REST chooses its writer in the build
public abstract class EntityResource<E extends BaseEntity, I extends Record & EntityInput<E>, V extends Record> {

    /// The last part of the path of an import.
    public static final String IMPORT = "import";

    private final EntitySupport support;
    private final QueryFields<E> fields;
    private final Supplier<E> empty;
    private final BiFunction<Long, LockModeType, E> get;
    private final Function<Query, Rows<E>> matching;
    private final Class<I> input;
    private final Function<E, V> view;
    private final String path = EntitySupport.path(getClass());

    /// Found at the first use, when all resources exist.
    private Map<String, ChildResource<?, ?, ?, ?>> children;

    /// @param fields what clients may ask for
    /// @param empty makes a new row without values
    /// @param get the query for one row, by its id; it throws `EntityNotFoundException`
    /// @param matching the query for many: lists, exports, counts and writes by filter all use it
    /// @param view what clients see of a row
    protected EntityResource(
            EntitySupport support,
            QueryFields<E> fields,
            Supplier<E> empty,
            BiFunction<Long, LockModeType, E> get,
            Function<Query, Rows<E>> matching,
            Class<I> input,
            Function<E, V> view) {
        this.support = support;
        this.fields = fields;
        this.empty = empty;
        this.get = get;
        this.matching = matching;
        this.input = input;
        this.view = view;
    }

    /// The owner of the row: an id among the {@link dev.byline.platform.security.Owners}. Only the owner and
    /// admins may write the row. If it has no owner, only admins may.
    protected abstract Optional<Long> owner(E row);

    /// Refuses a new row if the caller may not write it.
    protected void admit(E row, CurrentCaller caller) {
        caller.mustOwn(owner(row));
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @ReadsFromReplica
    public Response list(@Context RoutingContext request) {
        return list(request, Map.of());
    }

    /// @param values that the rows have
    Response list(RoutingContext request, Map<Field, Object> values) {
        var query = query(QueryString.of(request), values);
        return ListResponse.of(matching.apply(query), view(query), support.exports(), request);
    }

    private Query query(Map<String, List<String>> parameters, Map<Field, Object> values) {
        return fields.query(parameters, children().keySet(), values);
    }

    private Map<String, ChildResource<?, ?, ?, ?>> children() {
        if (children == null) {
            children = support.childrenOf(fields.entity());
        }
        return children;
    }

    /// The names of the rows that each row can embed.
    Collection<String> embeddable() {
        return fields.embeddable(children().keySet());
    }

    private RowView view(Query query) {
        var embedded = query.embed() == null ? null : children().get(query.embed());
        return embedded == null ? RowView.OWN : embedded::addTo;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<?> create() throws IOException {
        return create(UnaryOperator.identity(), support.caller()::mustBeAdmin);
    }

    /// @param preparation adds the values of the path to each row
    /// @param admitMany refuses many rows if the caller may not create them
    RestResponse<?> create(UnaryOperator<I> preparation, Runnable admitMany) throws IOException {
        if (support.body().hasRows()) {
            admitMany.run();
            return createAll(preparation);
        }
        var sent = preparation.apply(support.body().one(input));
        var row = support.validator().of(sent).writeTo(empty.get());
        admit(row, support.caller());
        row.persistAndFlush();
        return ETags.created(path + "/" + row.id, view.apply(row), row.version);
    }

    private RestResponse<?> createAll(UnaryOperator<I> preparation) throws IOException {
        if (support.bulk().keepsServerValues()) {
            support.caller().mustBeAdmin();
        }
        return support.bulk()
                .create(new RowImport<>(fields.entity(), input, preparation, fields.references(), this::store));
    }

    /// Creates many rows, as a POST of many rows to the list does. It has a path of its own, and always answers with
    /// an object, so that generated clients have one type for each of the two.
    @POST
    @Path(IMPORT)
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<?> importAll() throws IOException {
        support.caller().mustBeAdmin();
        return importAll(UnaryOperator.identity());
    }

    RestResponse<?> importAll(UnaryOperator<I> preparation) throws IOException {
        support.body().mustHaveRows();
        var answer = createAll(preparation);
        return answer.getEntity() instanceof List<?> rows ? RestResponse.ok(CreatedRows.of(rows)) : answer;
    }

    private List<V> store(List<NewRow<I>> sent) {
        var rows = sent.stream().map(this::row).toList();
        BaseEntity.createAll(rows);
        return views(rows);
    }

    private E row(NewRow<I> sent) {
        var row = sent.input().writeTo(empty.get());
        sent.kept().ifPresent(kept -> row.keep(kept.id(), kept.createdAt(), kept.updatedAt(), kept.version()));
        return row;
    }

    List<V> views(List<E> rows) {
        return rows.stream().map(view).toList();
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Write(many = true)
    public RestResponse<AffectedCount> changeAll(@NotNull ObjectNode patch, @Context RoutingContext request)
            throws JsonProcessingException {
        support.caller().mustBeAdmin();
        Preconditions.refuse(patch);
        return support.byFilter().change(filtered(request), support.mergePatch().members(patch, input));
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @Write(many = true)
    public RestResponse<AffectedCount> deleteAll(@Context RoutingContext request) {
        support.caller().mustBeAdmin();
        return support.byFilter().delete(filtered(request));
    }

    private Rows<E> filtered(RoutingContext request) {
        return matching.apply(fields.condition(QueryString.of(request)));
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @ReadsFromReplica
    public RestResponse<V> get(long id, @Context RoutingContext request) {
        var embed = RowParameters.embed(request, this::embeddable);
        if (embed.isPresent()) {
            return embedding(id, embed.get());
        }
        var row = get(id);
        return ETags.ok(view.apply(row), row.version);
    }

    /// There is no entity tag, because the version of the row does not cover the embedded rows.
    @SuppressWarnings("unchecked") // the members of a view, and the embedded ones
    private RestResponse<V> embedding(long id, String name) {
        var query = query(Map.of("embed", List.of(name)), Map.of(fields.id(), id));
        var rows = matching.apply(query).page().rows();
        if (rows.isEmpty()) {
            get(id); // throws because there is none
        }
        RestResponse<?> row = RestResponse.ok(view(query).of(rows).getFirst());
        return (RestResponse<V>) row;
    }

    /// @throws jakarta.persistence.EntityNotFoundException when there is no such row
    E get(long id) {
        return get.apply(id, NONE);
    }

    QueryFields<E> fields() {
        return fields;
    }

    Class<I> input() {
        return input;
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<V> replace(long id, @Valid @NotNull I input, @Context RoutingContext request)
            throws IOException {
        return write(input, getForUpdate(id, support.body().member(Preconditions.MEMBER), request));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<V> change(long id, @NotNull ObjectNode patch, @Context RoutingContext request)
            throws JsonProcessingException {
        var row = getForUpdate(id, Optional.ofNullable(patch.get(Preconditions.MEMBER)), request);
        return write(support.mergePatch().apply(patch, view.apply(row), input), row);
    }

    /// Answers with the deleted row if the client prefers that, else without it.
    @DELETE
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<V> delete(long id, @Context RoutingContext request) {
        var row = getForUpdate(id, Optional.empty(), request);
        row.delete();
        return ETags.ok(view.apply(row), row.version);
    }

    /// @param version the one that the body names
    private E getForUpdate(long id, Optional<JsonNode> version, RoutingContext request) {
        var row = get.apply(id, PESSIMISTIC_WRITE);
        support.caller().mustOwn(owner(row));
        support.preconditions().check(request, version, row.version);
        return row;
    }

    private RestResponse<V> write(I input, E row) {
        var before = owner(row);
        var after = owner(input.writeTo(row));
        if (!after.equals(before)) {
            support.caller().mustOwn(after); // the caller must own the row before and after the change
        }
        // Flushed here, so that a conflict is thrown here and the answer has the new version.
        row.persistAndFlush();
        return ETags.ok(view.apply(row), row.version);
    }
}
