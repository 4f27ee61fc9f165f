package dev.byline.platform.entity;

import dev.byline.platform.export.RowView;
import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.query.Row;
import dev.byline.platform.query.TextLimit;
import dev.byline.platform.replica.ReadsFromReplica;
import dev.byline.platform.security.OwnerInPath;
import dev.byline.platform.upload.Uploads;
import dev.byline.platform.write.Write;
import io.quarkus.hibernate.orm.panache.Panache;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// The rows of an entity that belong to one row of another, its parent: `/parents/{id}/children`. The last part of the
/// path is also what the parents can carry along: `/parents?embed=children` has the newest ten of each.
///
/// @param <P> the entity of the parents
/// @param <E> the entity of the rows
/// @param <I> what a client says of a row
/// @param <V> what a client sees of a row
public abstract class ChildResource<P extends BaseEntity, E extends BaseEntity, I extends Record & EntityInput<E>, V> {

    /// The query for the newest rows of many parents, in one statement.
    @FunctionalInterface
    public interface Newest<E> {

        /// @param most rows of a parent
        /// @param bytes after this many, the parents that follow are missing; the first one never is
        Map<Long, List<E>> of(List<Long> parents, int most, long bytes);
    }

    /// A preview, not a page.
    private static final int MOST = 10;

    private final EntitySupport support;
    private final EntityResource<P, ?, ?> parents;
    private final EntityResource<E, I, V> rows;
    private final BiFunction<I, Long, I> input;
    private final Newest<E> newest;
    private final boolean isOwnerInPath = getClass().isAnnotationPresent(OwnerInPath.class);

    /// @param input the input for a row of this parent, whose id it may leave out
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
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Uploads.NDJSON, Uploads.CSV})
    @ReadsFromReplica
    public Response list(@RestPath long id, RoutingContext request) {
        var parent = rows.fields().reference(parents.entity());
        var answer = rows.list(rows.query(request).and(parent, id), request);
        if (!(answer.getEntity() instanceof List<?> page) || page.isEmpty()) {
            parents.get(id); // only now is it worth a statement to tell a parent without rows from none
        }
        return answer;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Uploads.NDJSON, Uploads.CSV})
    @Produces(MediaType.APPLICATION_JSON)
    @Write
    public RestResponse<?> create(@RestPath long id) throws IOException {
        if (BaseEntity.existing(parents.entity(), List.of(id)).isEmpty()) {
            parents.get(id); // says that there is none
        }
        if (!support.body.hasRows()) {
            return rows.create(row -> input.apply(row, id));
        }
        support.caller.mustOwn(isOwnerInPath ? Optional.of(id) : Optional.empty());
        return rows.createAll(row -> input.apply(row, id));
    }

    String name() {
        var path = EntitySupport.path(this);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Class<P> parent() {
        return parents.entity();
    }

    /// Adds their newest rows to some of the parents: from the first on, as many as fit the memory.
    List<Map<String, Object>> addTo(List<Row> parents) {
        var children = newest.of(parents.stream().map(Row::id).toList(), MOST, TextLimit.bytes());
        var all = RowView.OWN.of(parents.subList(0, children.size()));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).put(name(), rows.views(children.get(parents.get(i).id())));
        }
        // An export asks for many parents' rows, some at a time: its session must not keep all of them.
        Panache.getSession().clear();
        return all;
    }
}
