package dev.byline.platform.openapi;

import dev.byline.platform.entity.ChildResource;
import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.query.QueryFields;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/// The paths of all entities, from the classes of their resources. The description is made during the build, when
/// the resources have no objects yet.
final class EntityPaths {

    private final IndexView index;
    private final List<EntityPath> all;

    EntityPaths(IndexView index) {
        this.index = index;
        all = Stream.concat(
                        subclasses(EntityResource.class).map(resource -> path(resource, arguments(resource), null)),
                        subclasses(ChildResource.class).map(resource -> {
                            var arguments = arguments(resource);
                            return path(resource, arguments.subList(1, 4), load(arguments.getFirst()));
                        }))
                .toList();
    }

    Stream<EntityPath> ofAllRows() {
        return all.stream().filter(path -> path.parent() == null);
    }

    Stream<EntityPath> ofChildren() {
        return all.stream().filter(path -> path.parent() != null);
    }

    Optional<EntityPath> of(String path) {
        return all.stream().filter(entity -> entity.has(path)).findFirst();
    }

    /// The path of all rows of this entity.
    EntityPath of(Class<?> entity) {
        return ofAllRows()
                .filter(path -> path.fields().entity() == entity)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(entity.getSimpleName() + " has no EntityResource"));
    }

    /// The paths of the child rows of this entity.
    Stream<EntityPath> childrenOf(Class<?> entity) {
        return all.stream().filter(path -> path.parent() == entity);
    }

    private Stream<ClassInfo> subclasses(Class<?> resource) {
        return index.getAllKnownSubclasses(resource).stream().filter(type -> type.hasDeclaredAnnotation(Path.class));
    }

    private static List<Type> arguments(ClassInfo resource) {
        return resource.superClassType().asParameterizedType().arguments();
    }

    /// @param types of the entity, of what a client sends, and of what a client sees
    private EntityPath path(ClassInfo resource, List<Type> types, Class<?> parent) {
        return new EntityPath(
                resource.declaredAnnotation(Path.class).value().asString(),
                fields(types.getFirst()),
                schema(types.get(1)),
                types.get(1).name().toString(),
                schema(types.get(2)),
                parent);
    }

    private String schema(Type type) {
        var view = index.getClassByName(type.name());
        return Optional.ofNullable(view.declaredAnnotation(DotName.createSimple(Schema.class)))
                .map(schema -> schema.value("name"))
                .map(AnnotationValue::asString)
                .orElse(view.simpleName());
    }

    private static QueryFields<?> fields(Type entity) {
        try {
            return (QueryFields<?>) load(entity).getField("FIELDS").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(entity + " has a resource and does not say what may be asked of it", e);
        }
    }

    private static Class<?> load(Type type) {
        try {
            return Thread.currentThread()
                    .getContextClassLoader()
                    .loadClass(type.name().toString());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
