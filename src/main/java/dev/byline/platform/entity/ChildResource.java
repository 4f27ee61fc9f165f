package dev.byline.platform.entity;

import dev.byline.platform.export.RowView;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Field;
import dev.byline.platform.query.Row;
import dev.byline.platform.query.TextLimit;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.security.OwnerInPath;
import dev.byline.platform.write.Write;
import io.quarkus.hibernate.orm.panache.Panache;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// The rows of an entity that belong to one row of another entity, their parent: `/parents/{id}/children`. The
/// last part of the path also embeds them in the parents: `/parents?embed=children` has the newest ten of each.
///
/// @param <P> the entity of the parents
/// @param <E> the entity of the rows
/// @param <I> what a client sends for a row
/// @param <V> what a client sees of a row
public abstract class ChildResource<
        P extends BaseEntity, E extends BaseEntity, I extends Record & EntityInput<E>, V extends Record> {

    /// The query for the newest rows of many parents, in one statement.
    @FunctionalInterface
    public interface Newest<E> {

        /// @param most the maximum number of rows of each parent
        /// @param bytes when the texts reach this size, the next parents are left out, but never the first
        Map<Long, List<E>> of(List<Long> parents, int most, long bytes);
    }

    /// A preview, not a page.
    public static final int MOST_EMBEDDED = 10;

    private final EntitySupport support;
    private final EntityResource<P, ?, ?> parents;
    private final EntityResource<E, I, V> rows;
    private final BiFunction<I, Long, I> input;
    private final Newest<E> newest;
    private final Field parent;
    private final String name;
    private final boolean isOwnerInPath = getClass().isAnnotationPresent(OwnerInPath.class);

    /// @param input makes the input for a row of this parent; the client may leave out the parent's id
    protected ChildResource(
            EntitySupport support,
            EntityResource<P, ?, ?> parents,
            EntityResource<E, I, V> rows,
            BiFunction<I, Long, I> input,
            Newest<E> newest) {
        this.support = support;
        this.parents = parents;
        this.rows = rows;
        this.input = input;
        this.newest = newest;
        this.parent = rows.fields().reference(parents.fields().entity());
        var path = EntitySupport.path(getClass());
        this.name = path.substring(path.lastIndexOf('/') + 1);
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @ReadsFromReplica
    public Response list(@RestPath long id, @Context RoutingContext request) {
        var answer = rows.list(request, Map.of(parent, id));
        if (!(answer.getEntity() instanceof List<?> page) || page.isEmpty()) {
            parents.get(id); // an extra statement only for an empty list: throws if there is no such parent
        }
        return answer;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<?> create(@RestPath long id) throws IOException {
        mustExist(id);
        return rows.create(row -> input.apply(row, id), () -> mustOwnAll(id));
    }

    @POST
    @Path(EntityResource.IMPORT)
    @Consumes({MediaType.APPLICATION_JSON, MediaTypes.NDJSON, MediaTypes.CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<?> importAll(@RestPath long id) throws IOException {
        mustExist(id);
        mustOwnAll(id);
        return rows.importAll(row -> input.apply(row, id));
    }

    private void mustExist(long parent) {
        if (BaseEntity.existing(parents.fields().entity(), List.of(parent)).isEmpty()) {
            parents.get(parent); // throws because there is none
        }
    }

    private void mustOwnAll(long parent) {
        support.caller().mustOwn(isOwnerInPath ? Optional.of(parent) : Optional.empty());
    }

    String name() {
        return name;
    }

    Class<P> parent() {
        return parents.fields().entity();
    }

    /// Adds their newest rows to the parents, from the first parent on, to as many as the text limit allows.
    List<Map<String, Object>> addTo(List<Row> parents) {
        var children = newest.of(parents.stream().map(Row::id).toList(), MOST_EMBEDDED, TextLimit.bytes());
        var all = RowView.OWN.of(parents.subList(0, children.size()));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).put(name, rows.views(children.get(parents.get(i).id())));
        }
        // An export calls this for many batches of parents: its session must not keep all their rows.
        Panache.getSession().clear();
        return all;
    }
}
