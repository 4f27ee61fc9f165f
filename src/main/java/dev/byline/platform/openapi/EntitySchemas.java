package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.entity.ChildResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.hibernate.validator.constraints.CodePointLength;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/// Completes the schemas of what clients send and see of rows.
final class EntitySchemas {

    private static final DotName LENGTH = DotName.createSimple(CodePointLength.class);

    private static final Map<String, String> OF_EVERY_ENTITY = Map.of(
            "id", "Given by the server. 64 bits, of which JavaScript's numbers hold 53 exactly",
            "createdAt", "Set by the server",
            "updatedAt", "Set by the server with every change",
            "version", "One more with every change. In quotes it is the row's entity tag, for `If-Match`");

    private final IndexView index;
    private final EntityPaths paths;
    private final Map<String, Schema> schemas;
    private final OpenAPI api;

    EntitySchemas(IndexView index, EntityPaths paths, OpenAPI api) {
        this.index = index;
        this.paths = paths;
        this.api = api;
        this.schemas = api.getComponents().getSchemas();
    }

    void describe() {
        paths.ofAllRows().forEach(path -> {
            limit(path);
            // Every answer has every member of a view.
            var view = schemas.get(path.view());
            view.setRequired(List.copyOf(view.getProperties().keySet()));
            OF_EVERY_ENTITY.forEach(
                    (member, words) -> view.getProperties().get(member).setDescription(words));
        });
        paths.ofAllRows().forEach(this::embed);
        paths.ofAllRows().forEach(this::describeImport);
        paths.ofChildren().forEach(this::leaveOutParent);
    }

    /// Quarkus' scan does not know `CodePointLength`, the limit that counts code points.
    private void limit(EntityPath path) {
        var input = index.getClassByName(path.inputType());
        schemas.get(path.input()).getProperties().forEach((member, schema) -> {
            var length = input.field(member).annotation(LENGTH);
            if (length != null) {
                schema.minLength(value(length, "min")).maxLength(value(length, "max"));
            }
        });
    }

    private static Integer value(AnnotationInstance limit, String name) {
        return limit.value(name) == null ? null : limit.value(name).asInt();
    }

    private void embed(EntityPath path) {
        var view = schemas.get(path.view());
        path.fields().embeddable().forEach(attribute -> {
            var target = path.fields().reference(attribute).target();
            view.addProperty(
                    attribute,
                    createSchema()
                            .ref(paths.of(target).view())
                            .description("With `?embed=%s` only".formatted(attribute)));
        });
        paths.childrenOf(path.fields().entity())
                .forEach(children -> view.addProperty(
                        children.rows(),
                        createSchema()
                                .addType(SchemaType.ARRAY)
                                .maxItems(ChildResource.MOST_EMBEDDED)
                                .description("With `?embed=%s` only. The newest ten, newest first; all are at `%s`."
                                        .formatted(children.rows(), children.path()))
                                .items(createSchema().ref(children.view()))));
    }

    /// The schema of the answer to an import.
    private void describeImport(EntityPath path) {
        var rows = createSchema().addType(SchemaType.ARRAY).items(createSchema().ref(path.view()));
        api.getComponents()
                .addSchema(
                        importedOf(path),
                        createSchema()
                                .addType(SchemaType.OBJECT)
                                .addRequired("created")
                                .addProperty(
                                        "created",
                                        createSchema()
                                                .addType(SchemaType.INTEGER)
                                                .format("int64")
                                                .description("The number of new rows"))
                                .addProperty("rows", rows.description("The new rows, if they were asked for")));
    }

    /// The name of the schema of the answer to an import.
    static String importedOf(EntityPath path) {
        return "Imported" + path.view();
    }

    private void leaveOutParent(EntityPath path) {
        var input = schemas.get(path.input());
        var member = path.fields().reference(path.parent()).name();
        var required = new ArrayList<>(input.getRequired());
        required.remove(member);
        api.getComponents()
                .addSchema(
                        inputOf(path),
                        createSchema()
                                .type(input.getType())
                                .description("As " + path.input() + ". `" + member
                                        + "` may be left out; where it stands it must be that of the path.")
                                .required(required)
                                .properties(input.getProperties()));
    }

    /// The name of the schema of the body of a POST.
    String inputOf(EntityPath path) {
        return path.parent() == null ? path.input() : paths.of(path.parent()).view() + path.input();
    }
}
