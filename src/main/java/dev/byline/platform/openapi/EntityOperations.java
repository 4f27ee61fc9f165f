package dev.byline.platform.openapi;

import static dev.byline.platform.openapi.EntitySchemas.arrayOf;
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
record EntityOperations(EntityPaths paths, EntitySchemas schemas) {

    private static final String CONDITION =
            "With `If-Match`, it happens only if the row still has that version; otherwise the answer is 412. ";

    private static final String MINIMAL = "With `Prefer: return=minimal`, the answer is 204 without the row.";

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
        if (item.getPATCH() != null) {
            var patch = createSchema().ref(EntitySchemas.patchOf(entity));
            item.getPATCH()
                    .getRequestBody()
                    .getContent()
                    .getMediaTypes()
                    .values()
                    .forEach(media -> media.schema(patch));
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
        name(list, "list" + ofParent(entity) + rows(entity), "List " + entity.rows() + of(entity))
                .description("""
                    The answer is a page, and `Link` has the next one. With `Accept: application/x-ndjson` or `text/csv` it is
                    an export: all rows that fit, one a line, unless `limit` is given.

                    """ + QueryParameters.words(entity.fields()))
                .responses(success(
                        "200",
                        "A page of the list. It ends early where its texts reach 1 MB; `Link` says whether there is more. An export is `application/x-ndjson` or `text/csv`",
                        arrayOf(entity.view())));
        QueryParameters.describeQuery(entity.fields(), list);
        embed(entity, list);
    }

    private void describeCreation(EntityPath entity, Operation create) {
        name(create, "create" + ofParent(entity) + entity.view(), "Create one " + entity.row() + of(entity))
                .description("""
                    `Location` is the path of the new row. With `Prefer: return=minimal`, the answer is without the row.

                    A body of many rows is accepted here too, and answered with 200. It is described at `import%s`.
                    """.formatted(ofParent(entity) + rows(entity)))
                .requestBody(createRequestBody()
                        .required(true)
                        .content(json(createSchema().ref(schemas.inputOf(entity)))))
                .responses(success("201", "Created", createSchema().ref(entity.view())));
    }

    private void describeImport(EntityPath entity, Operation create) {
        name(create, "import" + ofParent(entity) + rows(entity), "Create many " + entity.rows() + of(entity))
                .description("""
                    Creates all rows of the body in one transaction, or none. If rows are invalid, the answer has their number and
                    the errors of the first hundred.

                    The body is a JSON array. Larger bodies are sent as `application/x-ndjson` (one JSON object a line) or as
                    `text/csv` (RFC 4180, UTF-8; the first line names the members; an empty cell is null where the member is a
                    number, else the empty text).

                    With `Prefer: server-members=keep`, rows that another database has exported keep their `id`, `createdAt`,
                    `updatedAt` and `version`. Each row needs them, and no other row may have its id. Only admins may do this.
                    """)
                .requestBody(createRequestBody().required(true).content(json(arrayOf(schemas.inputOf(entity)))))
                .responses(success(
                        "200",
                        "Created: the number of rows. If they came as an array of up to 1,000, also the rows in its order, unless `Prefer: return=minimal` was sent",
                        createSchema().ref(EntitySchemas.importedOf(entity))));
    }

    private static void describeWritesByFilter(EntityPath entity, PathItem item) {
        var words = """
            At least one filter is required. It is one statement, and every changed row gets a new version. With
            `Prefer: max-affected=n`, nothing is changed if more than n rows fit.

            """ + QueryParameters.words(entity.fields());
        var theyFit = entity.rows() + " that fit the filters";
        name(item.getPATCH(), "update" + rows(entity), "Change some members of all " + theyFit)
                .description("The body is a merge patch (RFC 7396). " + words);
        name(item.getDELETE(), "delete" + rows(entity), "Delete all " + theyFit).description(words);
        QueryParameters.describeCondition(entity.fields(), item.getPATCH());
        QueryParameters.describeCondition(entity.fields(), item.getDELETE());
    }

    private void describeRow(EntityPath entity, PathItem item) {
        var row = createSchema().ref(entity.view());
        name(item.getGET(), "get" + entity.view(), "Get one " + entity.row())
                .description(
                        "`ETag` has the version of the row, for `If-Match` and `If-None-Match`. It is absent with `embed`.")
                .responses(success("200", "The row", row));
        embed(entity, item.getGET());
        name(item.getPUT(), "replace" + entity.view(), "Replace one " + entity.row())
                .description("The body has all members of the row. " + CONDITION + MINIMAL)
                .responses(success("200", "Replaced: the new row", row));
        name(item.getPATCH(), "update" + entity.view(), "Change some members of one " + entity.row())
                .description("The body is a merge patch (RFC 7396): an absent member stays as it is, null clears it. "
                        + CONDITION + MINIMAL)
                .responses(success("200", "Changed: the new row", row));
        name(item.getDELETE(), "delete" + entity.view(), "Delete one " + entity.row())
                .description(CONDITION + "With `Prefer: return=representation`, the answer is 200 with the row.")
                .responses(createAPIResponses()
                        .addAPIResponse("204", createAPIResponse().description("Deleted")));
    }

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

    private static Operation name(Operation operation, String id, String summary) {
        return operation.operationId(id).summary(summary);
    }

    /// The name of the rows in the id of an operation.
    private static String rows(EntityPath entity) {
        return entity.rows().substring(0, 1).toUpperCase(Locale.ROOT)
                + entity.rows().substring(1);
    }

    /// The name of the parent in the id of an operation.
    private String ofParent(EntityPath entity) {
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
}
