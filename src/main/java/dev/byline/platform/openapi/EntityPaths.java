package dev.byline.platform.openapi;

import dev.byline.platform.entity.ChildResource;
import dev.byline.platform.entity.EntityResource;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/// The paths of all entities.
record EntityPaths(List<EntityPath> all) {

    static EntityPaths of(IndexView index) {
        return new EntityPaths(Stream.of(EntityResource.class, ChildResource.class)
                .flatMap(type -> index.getAllKnownSubclasses(type).stream())
                .filter(resource -> resource.hasDeclaredAnnotation(Path.class))
                // The index has no order, and the document of two builds should be the same.
                .sorted(Comparator.comparing(ClassInfo::name))
                .map(resource -> EntityPath.of(load(resource)))
                .toList());
    }

    private static Class<?> load(ClassInfo type) {
        try {
            return Thread.currentThread()
                    .getContextClassLoader()
                    .loadClass(type.name().toString());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
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
}
