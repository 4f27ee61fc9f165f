package dev.byline.platform.openapi;

import dev.byline.platform.entity.ChildResource;
import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.query.QueryFields;
import jakarta.ws.rs.Path;
import java.lang.reflect.ParameterizedType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The path of an entity's rows.
///
/// @param path of all of them, as `/things`, or of those of one parent, as `/owners/{id}/things`
/// @param fields the fields that clients may query
/// @param inputType what a client sends for a row
/// @param viewType what a client sees of a row
/// @param parent the entity of the parent; null where the path is that of all rows
record EntityPath(String path, QueryFields<?> fields, Class<?> inputType, Class<?> viewType, Class<?> parent) {

    /// @param resource its class: it has no object yet, because the description is made during the build
    static EntityPath of(Class<?> resource) {
        var types = ((ParameterizedType) resource.getGenericSuperclass()).getActualTypeArguments();
        int own = ChildResource.class.isAssignableFrom(resource) ? 1 : 0;
        return new EntityPath(
                resource.getAnnotation(Path.class).value(),
                fields((Class<?>) types[own]),
                (Class<?>) types[own + 1],
                (Class<?>) types[own + 2],
                own == 0 ? null : (Class<?>) types[0]);
    }

    private static QueryFields<?> fields(Class<?> entity) {
        try {
            return (QueryFields<?>) entity.getField("FIELDS").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(entity + " has a resource and does not say what may be asked of it", e);
        }
    }

    /// The name of the schema of what a client sends for a row.
    String input() {
        return schema(inputType);
    }

    /// The name of the schema of what a client sees of a row.
    String view() {
        return schema(viewType);
    }

    private static String schema(Class<?> type) {
        var schema = type.getAnnotation(Schema.class);
        return schema == null || schema.name().isEmpty() ? type.getSimpleName() : schema.name();
    }

    /// The name of the rows: the last part of the path.
    String rows() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The name of a row in a sentence.
    String row() {
        return view().toLowerCase(Locale.ROOT);
    }

    /// The path of an import of rows.
    String imports() {
        return path + "/" + EntityResource.IMPORT;
    }

    /// Whether this is a path of the rows, of one of them, or of their import.
    boolean has(String other) {
        return other.equals(path) || other.equals(path + "/{id}") || other.equals(imports());
    }
}
