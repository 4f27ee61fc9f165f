package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponses;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createRequestBody;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/// Describes the operations on an entity's rows. The resource methods are shared by all entities, so they cannot
/// describe one.
///
/// Every operation has one successful answer with one schema, because generated clients take its type from there.
/// What a client has to ask for (another media type, `Prefer`, `fields`) is described in words.
final class EntityOperations {

    private final EntityPaths paths;
    private final EntitySchemas schemas;

    EntityOperations(EntityPaths paths, EntitySchemas schemas) {
        this.paths = paths;
        this.schemas = schemas;
    }

    void describe(EntityPath entity, String path, PathItem item) {
        if (path.contains("{id}")) {
            var row = entity.parent() == null
                    ? entity.row()
                    : paths.of(entity.parent()).row();
            item.getOperations().values().forEach(operation -> identify(operation, row));
        }
        if (path.equals(entity.path())) {
            describeList(entity, item.getGET());
            describeCreation(entity, item.getPOST());
            if (item.getPATCH() != null) {
                describeWritesByFilter(entity, item);
            }
        } else if (path.equals(entity.imports())) {
            describeImport(entity, item.getPOST());
        } else {
            describeRow(entity, item);
        }
    }

    /// The scan does not find the parameter where the path of the class has it.
    private static void identify(Operation operation, String row) {
        var id = createParameter()
                .name("id")
                .in(In.PATH)
                .required(true)
                .description("The id of the " + row)
                .schema(createSchema().addType(SchemaType.INTEGER).format("int64"))
                .example(1);
        operation.setParameters(List.of(id));
    }

    private void describeList(EntityPath entity, Operation list) {
        name(list, "list" + parent(entity) + rows(entity), "List " + entity.rows() + of(entity));
        list.description("""
                The answer is a page, and `Link` has the next one. With `Accept: application/x-ndjson` or `text/csv` it is
                an export: all rows that fit, one a line, unless `limit` is given.

                """ + QueryParameters.words(entity.fields()));
        QueryParameters.describeQuery(entity.fields(), list);
        embed(entity, list);
        list.responses(success(
                "200",
                "A page of the list. It ends early where its texts reach 1 MB; `Link` says whether there is more. An export is `application/x-ndjson` or `text/csv`",
                arrayOf(createSchema().ref(entity.view()))));
    }

    private void describeCreation(EntityPath entity, Operation create) {
        name(create, "create" + parent(entity) + entity.view(), "Create one " + entity.row() + of(entity));
        create.description("""
                `Location` is the path of the new row. With `Prefer: return=minimal`, the answer is without the row.

                A body of many rows is accepted here too, and answered with 200. It is described at `import%s`.
                """.formatted(parent(entity) + rows(entity)));
        create.requestBody(
                createRequestBody().required(true).content(json(createSchema().ref(schemas.inputOf(entity)))));
        create.responses(success("201", "Created", createSchema().ref(entity.view())));
    }

    private void describeImport(EntityPath entity, Operation create) {
        name(create, "import" + parent(entity) + rows(entity), "Create many " + entity.rows() + of(entity));
        create.description("""
                Creates all rows of the body in one transaction, or none. If rows are invalid, the answer has their number and
                the errors of the first hundred.

                The body is a JSON array. Larger bodies are sent as `application/x-ndjson` (one JSON object a line) or as
                `text/csv` (RFC 4180, UTF-8; the first line names the members; an empty cell is null where the member is a
                number, else the empty text).
                """);
        create.requestBody(createRequestBody()
                .required(true)
                .content(json(arrayOf(createSchema().ref(schemas.inputOf(entity))))));
        create.responses(success(
                "200",
                "Created: the number of rows. If they came as an array of up to 1,000, also the rows in its order, unless `Prefer: return=minimal` was sent",
                createSchema().ref(EntitySchemas.importedOf(entity))));
    }

    private static void describeWritesByFilter(EntityPath entity, PathItem item) {
        var words = """
                At least one filter is required. It is one statement, and every changed row gets a new version. With
                `Prefer: max-affected=n`, nothing is changed if more than n rows fit.

                """ + QueryParameters.words(entity.fields());
        var update = item.getPATCH();
        name(update, "update" + rows(entity), "Change some members of all " + entity.rows() + " that fit the filters");
        update.description("The body is a merge patch (RFC 7396). " + words);
        var delete = item.getDELETE();
        name(delete, "delete" + rows(entity), "Delete all " + entity.rows() + " that fit the filters");
        delete.description(words);
        QueryParameters.describeCondition(entity.fields(), update);
        QueryParameters.describeCondition(entity.fields(), delete);
    }

    private void describeRow(EntityPath entity, PathItem item) {
        var row = createSchema().ref(entity.view());
        var get = item.getGET();
        name(get, "get" + entity.view(), "Get one " + entity.row());
        get.description(
                "`ETag` has the version of the row, for `If-Match` and `If-None-Match`. It is absent with `embed`.");
        embed(entity, get);
        get.responses(success("200", "The row", row));

        var replace = item.getPUT();
        name(replace, "replace" + entity.view(), "Replace one " + entity.row());
        replace.description("The body has all members of the row. " + CONDITION + MINIMAL);
        replace.responses(success("200", "Replaced: the new row", row));

        var update = item.getPATCH();
        name(update, "update" + entity.view(), "Change some members of one " + entity.row());
        update.description("The body is a merge patch (RFC 7396): an absent member stays as it is, null clears it. "
                + CONDITION + MINIMAL);
        update.responses(success("200", "Changed: the new row", row));

        var delete = item.getDELETE();
        name(delete, "delete" + entity.view(), "Delete one " + entity.row());
        delete.description(CONDITION + "With `Prefer: return=representation`, the answer is 200 with the row.");
        delete.responses(
                createAPIResponses().addAPIResponse("204", createAPIResponse().description("Deleted")));
    }

    private static final String CONDITION =
            "With `If-Match`, it happens only if the row still has that version; otherwise the answer is 412. ";

    private static final String MINIMAL = "With `Prefer: return=minimal`, the answer is 204 without the row.";

    private void embed(EntityPath entity, Operation get) {
        var names = new ArrayList<Object>(entity.fields().embeddable());
        paths.childrenOf(entity.fields().entity()).map(EntityPath::rows).forEach(names::add);
        if (!names.isEmpty()) {
            get.addParameter(createParameter()
                    .name("embed")
                    .in(In.QUERY)
                    .description("What each row is to carry along")
                    .schema(createSchema().addType(SchemaType.STRING).enumeration(names)));
        }
    }

    private static void name(Operation operation, String id, String summary) {
        operation.operationId(id).summary(summary);
    }

    /// The name of the rows in the id of an operation.
    private static String rows(EntityPath entity) {
        return entity.rows().substring(0, 1).toUpperCase(Locale.ROOT)
                + entity.rows().substring(1);
    }

    /// The name of the parent in the id of an operation.
    private String parent(EntityPath entity) {
        return entity.parent() == null ? "" : paths.of(entity.parent()).view();
    }

    private String of(EntityPath entity) {
        return entity.parent() == null
                ? ""
                : " of one " + paths.of(entity.parent()).row();
    }

    private static APIResponses success(String status, String description, Schema schema) {
        return createAPIResponses()
                .addAPIResponse(
                        status, createAPIResponse().description(description).content(json(schema)));
    }

    private static Content json(Schema schema) {
        return createContent()
                .addMediaType("application/json", createMediaType().schema(schema));
    }

    private static Schema arrayOf(Schema items) {
        return createSchema().addType(SchemaType.ARRAY).items(items);
    }
}
