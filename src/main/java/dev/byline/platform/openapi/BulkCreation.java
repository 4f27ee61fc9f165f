package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.ARRAY;
import static org.eclipse.microprofile.openapi.models.media.Schema.SchemaType.STRING;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/// Every POST that creates a row takes many as well. In the code that is a method of its own, in OpenAPI one operation.
final class BulkCreation {

    private BulkCreation() {}

    static void describe(Operation post) {
        var body = post.getRequestBody().getContent();
        var one = body.getMediaType("application/json").getSchema();
        body.addMediaType("application/json", media(oneOf(one, arrayOf(one))))
                .addMediaType(
                        "application/x-ndjson", media(text("One JSON object a line, each as the body of a single row")))
                .addMediaType("text/csv", media(text("""
                        RFC 4180. The first line names the members. An empty cell is null where the member is a number,
                        else the empty text.""")));
        var row = post.getResponses()
                .getAPIResponse("201")
                .getContent()
                .getMediaType("application/json")
                .getSchema();
        var created = OASFactory.createSchema().ref("Created");
        post.getResponses()
                .addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse()
                                .description(
                                        "Created: the rows of an array of up to 1,000, in its order, or the number of rows")
                                .content(OASFactory.createContent()
                                        .addMediaType("application/json", media(oneOf(arrayOf(row), created)))));
    }

    private static Schema oneOf(Schema... alternatives) {
        return OASFactory.createSchema().oneOf(List.of(alternatives));
    }

    private static Schema arrayOf(Schema items) {
        return OASFactory.createSchema().addType(ARRAY).items(items);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(STRING).description(description);
    }

    private static MediaType media(Schema schema) {
        return OASFactory.createMediaType().schema(schema);
    }
}
