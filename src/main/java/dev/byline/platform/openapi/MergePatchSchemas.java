package dev.byline.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/// The body of a PATCH is the input of the entity, with no member required.
final class MergePatchSchemas {

    private MergePatchSchemas() {}

    static void describe(OpenAPI api, EntityPath entity, PathItem item) {
        var input = api.getComponents().getSchemas().get(entity.input());
        var patchName = entity.view() + "Patch";
        api.getComponents()
                .addSchema(
                        patchName,
                        OASFactory.createSchema()
                                .type(input.getType())
                                .description(
                                        "A merge patch (RFC 7396): an absent member stays as it is, null clears it.")
                                .properties(input.getProperties()));
        item.getPATCH()
                .getRequestBody()
                .getContent()
                .getMediaTypes()
                .values()
                .forEach(media -> media.setSchema(OASFactory.createSchema().ref(patchName)));
        // The scan has made these from the parameter's Java type.
        api.getComponents().removeSchema("ObjectNode");
        api.getComponents().removeSchema("JsonNode");
        api.getComponents().removeSchema("JsonNodeType");
    }
}
