package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.entity.ChildResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.hibernate.validator.constraints.CodePointLength;

/// Completes the schemas of what clients send and see of rows.
record EntitySchemas(EntityPaths paths, Components components) {

    private static final Map<String, String> OF_EVERY_ENTITY = Map.of(
            "id", "Given by the server. 64 bits, of which JavaScript's numbers hold 53 exactly",
            "createdAt", "Set by the server",
            "updatedAt", "Set by the server with every change",
            "version", "One more with every change. In quotes it is the row's entity tag, for `If-Match`");

    void describe() {
        paths.ofAllRows().forEach(path -> {
            limit(path);
            // Every answer has every member of a view.
            var view = schema(path.view());
            view.setRequired(List.copyOf(view.getProperties().keySet()));
            OF_EVERY_ENTITY.forEach(
                    (member, words) -> view.getProperties().get(member).setDescription(words));
            components.addSchema(importedOf(path), imported(path)).addSchema(patchOf(path), patch(path));
        });
        paths.ofAllRows().forEach(this::embed);
        paths.ofChildren().forEach(path -> components.addSchema(inputOf(path), withoutParent(path)));
        // The scan has made these from the parameter of a PATCH.
        List.of("ObjectNode", "JsonNode", "JsonNodeType").forEach(components::removeSchema);
    }

    private Schema schema(String name) {
        return components.getSchemas().get(name);
    }

    /// Quarkus' scan does not know `CodePointLength`, the limit that counts code points.
    private void limit(EntityPath path) {
        for (var member : path.inputType().getRecordComponents()) {
            var length = member.getAccessor().getAnnotation(CodePointLength.class);
            if (length != null) {
                schema(path.input())
                        .getProperties()
                        .get(member.getName())
                        .minLength(length.min() == 0 ? null : length.min())
                        .maxLength(length.max());
            }
        }
    }

    private void embed(EntityPath path) {
        var view = schema(path.view());
        path.fields()
                .embeddable()
                .forEach(attribute -> view.addProperty(
                        attribute,
                        createSchema()
                                .ref(paths.of(path.fields().reference(attribute).target())
                                        .view())
                                .description("With `?embed=%s` only".formatted(attribute))));
        paths.childrenOf(path.fields().entity())
                .forEach(children -> view.addProperty(
                        children.rows(),
                        arrayOf(children.view())
                                .maxItems(ChildResource.MOST_EMBEDDED)
                                .description("With `?embed=%s` only. The newest ten, newest first; all are at `%s`."
                                        .formatted(children.rows(), children.path()))));
    }

    static Schema arrayOf(String items) {
        return createSchema().addType(SchemaType.ARRAY).items(createSchema().ref(items));
    }

    /// The answer to an import.
    private static Schema imported(EntityPath path) {
        var created = createSchema().addType(SchemaType.INTEGER).format("int64").description("The number of new rows");
        return createSchema()
                .addType(SchemaType.OBJECT)
                .addRequired("created")
                .addProperty("created", created)
                .addProperty("rows", arrayOf(path.view()).description("The new rows, if they were asked for"));
    }

    /// The name of the schema of the answer to an import.
    static String importedOf(EntityPath path) {
        return "Imported" + path.view();
    }

    /// The body of a PATCH is the input of the entity, with no member required.
    private Schema patch(EntityPath path) {
        var input = schema(path.input());
        return createSchema()
                .type(input.getType())
                .description("A merge patch (RFC 7396): an absent member stays as it is, null clears it.")
                .properties(input.getProperties());
    }

    /// The name of the schema of the body of a PATCH.
    static String patchOf(EntityPath path) {
        return path.view() + "Patch";
    }

    /// The body of a POST to the rows of one parent.
    private Schema withoutParent(EntityPath path) {
        var input = schema(path.input());
        var member = path.fields().reference(path.parent()).name();
        var required = new ArrayList<>(input.getRequired());
        required.remove(member);
        return createSchema()
                .type(input.getType())
                .description("As " + path.input() + ". `" + member
                        + "` may be left out; where it stands it must be that of the path.")
                .required(required)
                .properties(input.getProperties());
    }

    /// The name of the schema of the body of a POST.
    String inputOf(EntityPath path) {
        return path.parent() == null ? path.input() : paths.of(path.parent()).view() + path.input();
    }
}
