package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import java.util.Locale;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/// What all lists have in common: a page of rows with any of their fields, or all of them row by row.
final class Lists {

    private Lists() {}

    static boolean isList(PathItem item) {
        return item.getPOST() != null && item.getGET() != null;
    }

    /// The last part of its path is what the list is of: `/users/{id}/posts` has posts.
    static String table(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static void describe(OpenAPI api, String path, Operation get) {
        var rows = createSchema().addType(SchemaType.ARRAY).items(createSchema().ref(fields(api, row(table(path)))));
        var lines = createSchema().addType(SchemaType.STRING);
        var ok = get.getResponses().getAPIResponse("200");
        ok.description(
                "A page of the list; it ends early where its texts reach 1 MB (`Link` says whether there is more). As `application/x-ndjson` or `text/csv`, all of it, unless `limit` is given");
        ok.setContent(OASFactory.createContent()
                .addMediaType("application/json", createMediaType().schema(rows))
                .addMediaType("application/x-ndjson", createMediaType().schema(lines))
                .addMediaType("text/csv", createMediaType().schema(lines)));
        for (var parameter : new String[] {"offset", "cursor", "Prefer-count"}) {
            get.addParameter(createParameter().ref(parameter));
        }
    }

    /// `posts` is a table of `Post`.
    private static String row(String table) {
        return table.substring(0, 1).toUpperCase(Locale.ROOT) + table.substring(1, table.length() - 1);
    }

    /// The schema of rows of which only some fields were asked for.
    private static String fields(OpenAPI api, String row) {
        var name = row + "Fields";
        var properties = new TreeMap<String, Schema>();
        api.getComponents().getSchemas().get(row).getProperties().forEach((member, schema) -> {
            boolean isRow = schema.getRef() != null && schema.getRef().endsWith("/User");
            properties.put(member, isRow ? createSchema().ref(fields(api, "User")) : schema);
        });
        api.getComponents()
                .addSchema(
                        name,
                        createSchema()
                                .addType(SchemaType.OBJECT)
                                .description("Those fields of a " + row
                                        + " that were asked for; without `fields`, all of them.")
                                .properties(properties));
        return name;
    }
}
