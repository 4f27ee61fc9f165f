package dev.byline.platform.entity;

import static java.util.stream.Collectors.toMap;

import dev.byline.platform.bulk.BulkImport;
import dev.byline.platform.bulk.FilteredWrite;
import dev.byline.platform.export.Exports;
import dev.byline.platform.rest.InputValidator;
import dev.byline.platform.rest.MergePatch;
import dev.byline.platform.rest.Preconditions;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.security.CurrentCaller;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The beans that the resources of all entities use.
@Singleton
public class EntitySupport {

    final SentBody body;
    final InputValidator validator;
    final Preconditions preconditions;
    final MergePatch mergePatch;
    final BulkImport bulk;
    final FilteredWrite byFilter;
    final CurrentCaller caller;
    final Exports exports;
    private final Instance<ChildResource<?, ?, ?, ?>> children;
    private final Map<Class<?>, Map<String, ChildResource<?, ?, ?, ?>>> childrenOf = new ConcurrentHashMap<>();

    EntitySupport(
            SentBody body,
            InputValidator validator,
            Preconditions preconditions,
            MergePatch mergePatch,
            BulkImport bulk,
            FilteredWrite byFilter,
            CurrentCaller caller,
            Exports exports,
            @Any Instance<ChildResource<?, ?, ?, ?>> children) {
        this.body = body;
        this.validator = validator;
        this.preconditions = preconditions;
        this.mergePatch = mergePatch;
        this.bulk = bulk;
        this.byFilter = byFilter;
        this.caller = caller;
        this.exports = exports;
        this.children = children;
    }

    /// The resources of the child rows of this entity, by name.
    Map<String, ChildResource<?, ?, ?, ?>> childrenOf(Class<?> entity) {
        return childrenOf.computeIfAbsent(entity, parent -> children.stream()
                .filter(each -> each.parent() == parent)
                .collect(toMap(ChildResource::name, each -> each)));
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
