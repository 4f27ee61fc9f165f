package dev.byline.platform.entity;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.byline.platform.bulk.BulkImport;
import dev.byline.platform.bulk.FilteredWrite;
import dev.byline.platform.export.Exports;
import dev.byline.platform.rest.InputValidator;
import dev.byline.platform.rest.MergePatch;
import dev.byline.platform.rest.Preconditions;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.security.CurrentCaller;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.util.Map;

/// The beans that the resources of all entities use.
@Singleton
public record EntitySupport(
        SentBody body,
        InputValidator validator,
        Preconditions preconditions,
        MergePatch mergePatch,
        BulkImport bulk,
        FilteredWrite byFilter,
        CurrentCaller caller,
        Exports exports,
        Instance<ChildResource<?, ?, ?, ?>> children) {

    /// The resources of the child rows of this entity, by name.
    Map<String, ChildResource<?, ?, ?, ?>> childrenOf(Class<?> entity) {
        return children.stream()
                .filter(each -> each.parent() == entity)
                .collect(toUnmodifiableMap(ChildResource::name, each -> each));
    }

    /// The path that a resource declares. The class may be a subclass that Quarkus has generated.
    static String path(Class<?> resource) {
        var type = resource;
        while (!type.isAnnotationPresent(Path.class)) {
            type = type.getSuperclass();
        }
        return type.getAnnotation(Path.class).value();
    }
}
