package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createRequestBody;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.http.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/// Describes the operations on an entity's rows. The resource methods are shared by all entities, so they cannot
/// describe one.
final class EntityOperations {

    private final EntityPaths paths;
    private final EntitySchemas schemas;

    EntityOperations(EntityPaths paths, EntitySchemas schemas) {
        this.paths = paths;
        this.schemas = schemas;
    }

    void describe(EntityPath entity, String path, PathItem item) {
        boolean isList = path.equals(entity.path());
        var one = entity.view().toLowerCase(Locale.ROOT);
        var of = entity.parent() == null
                ? ""
                : " of one " + paths.of(entity.parent()).view().toLowerCase(Locale.ROOT);
        var summaries = isList
                ? Map.of(
                        HttpMethod.GET, "List " + entity.rows() + of + ": filtered and sorted; as pages or as a whole",
                        HttpMethod.POST, "Create one " + one + of + ", or many",
                        HttpMethod.PATCH, "Change some members of all " + entity.rows() + " that fit a filter",
                        HttpMethod.DELETE, "Delete all " + entity.rows() + " that fit a filter")
                : Map.of(
                        HttpMethod.GET, "Get one " + one,
                        HttpMethod.PUT, "Replace one " + one,
                        HttpMethod.PATCH, "Change some members of one " + one,
                        HttpMethod.DELETE, "Delete one " + one);
        item.getOperations().forEach((method, operation) -> operation.setSummary(summaries.get(method)));
        if (isList) {
            describeList(entity, item.getGET());
            describeCreation(entity, item.getPOST());
            QueryParameters.describe(entity.fields(), item);
        }
        embed(entity, item.getGET());
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

    private static void describeList(EntityPath entity, Operation get) {
        var rows = arrayOf(createSchema().ref(EntitySchemas.fieldsOf(entity.view())));
        var lines = createSchema().addType(SchemaType.STRING);
        get.getResponses()
                .getAPIResponse("200")
                .description(
                        "A page of the list; it ends early where its texts reach 1 MB (`Link` says whether there is more). As `application/x-ndjson` or `text/csv`, all of it, unless `limit` is given")
                .setContent(createContent()
                        .addMediaType("application/json", createMediaType().schema(rows))
                        .addMediaType(MediaTypes.NDJSON, createMediaType().schema(lines))
                        .addMediaType(MediaTypes.CSV, createMediaType().schema(lines)));
        for (var parameter : new String[] {"limit", "offset", "cursor", "Prefer-count"}) {
            get.addParameter(createParameter().ref(parameter));
        }
    }

    private void describeCreation(EntityPath entity, Operation post) {
        var one = createSchema().ref(schemas.inputOf(entity));
        var row = createSchema().ref(entity.view());
        post.setRequestBody(createRequestBody()
                .required(true)
                .content(createContent()
                        .addMediaType("application/json", createMediaType().schema(oneOf(one, arrayOf(one))))
                        .addMediaType(
                                MediaTypes.NDJSON,
                                createMediaType()
                                        .schema(text("One JSON object a line, each as the body of a single row")))
                        .addMediaType(MediaTypes.CSV, createMediaType().schema(text("""
                        RFC 4180. The first line names the members. An empty cell is null where the member is a number,
                        else the empty text.""")))));
        var many = oneOf(arrayOf(row), createSchema().ref("Created"));
        post.getResponses()
                .addAPIResponse(
                        "201", createAPIResponse().description("Created").content(json(row)))
                .addAPIResponse(
                        "200",
                        createAPIResponse()
                                .description(
                                        "Created: the rows of an array of up to 1,000, in its order, or the number of rows")
                                .content(json(many)));
    }

    private static Content json(Schema schema) {
        return createContent()
                .addMediaType("application/json", createMediaType().schema(schema));
    }

    private static Schema oneOf(Schema... alternatives) {
        return createSchema().oneOf(List.of(alternatives));
    }

    private static Schema arrayOf(Schema items) {
        return createSchema().addType(SchemaType.ARRAY).items(items);
    }

    private static Schema text(String description) {
        return createSchema().addType(SchemaType.STRING).description(description);
    }
}
