package dev.byline.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/// The body of a PATCH is that of the PUT, or of the POST, on the same path, with no member required.
final class MergePatchSchemas {

    private static final String PREFIX = "#/components/schemas/";

    private MergePatchSchemas() {}

    static void describe(OpenAPI api, PathItem row) {
        var whole = row.getPUT() == null ? row.getPOST() : row.getPUT();
        var inputName = whole.getRequestBody().getContent().getMediaTypes().values().stream()
                .findFirst()
                .orElseThrow()
                .getSchema()
                .getRef()
                .substring(PREFIX.length());
        var input = api.getComponents().getSchemas().get(inputName);
        var patchName = inputName.replace("Input", "Patch");
        api.getComponents()
                .addSchema(
                        patchName,
                        OASFactory.createSchema()
                                .type(input.getType())
                                .description(
                                        "A merge patch (RFC 7396): an absent member stays as it is, null clears it.")
                                .properties(input.getProperties()));
        row.getPATCH()
                .getRequestBody()
                .getContent()
                .getMediaTypes()
                .values()
                .forEach(media -> media.setSchema(OASFactory.createSchema().ref(patchName)));
        // What the scan made of the parameter's Java type.
        api.getComponents().removeSchema("ObjectNode");
        api.getComponents().removeSchema("JsonNode");
        api.getComponents().removeSchema("JsonNodeType");
    }
}
