package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createExample;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;

/// Describes problems from the list of their types.
final class ProblemSchemas {

    private ProblemSchemas() {}

    /// Lists the types, so that generated clients have a constant for each.
    static void describe(OpenAPI api) {
        var types = ProblemType.values();
        api.getComponents()
                .getSchemas()
                .get("Problem")
                .getProperties()
                .get("type")
                .enumeration(Arrays.stream(types).<Object>map(ProblemType::uri).toList())
                // How generators of several languages name the constants.
                .addExtension(
                        "x-enum-varnames", Arrays.stream(types).map(Enum::name).toList());
    }

    /// The body of a response with this status, with an example of every type that has it.
    static Content content(int status) {
        var media = createMediaType().schema(createSchema().ref("Problem"));
        Arrays.stream(ProblemType.values())
                .filter(type -> type.status == status)
                .forEach(type -> media.addExample(
                        type.slug(), createExample().summary(type.title).value(example(type))));
        return createContent().addMediaType(Problem.MEDIA_TYPE, media);
    }

    private static Map<String, Object> example(ProblemType type) {
        var example = new LinkedHashMap<String, Object>();
        example.put("type", type.uri());
        example.put("title", type.title);
        example.put("status", type.status);
        example.put("instance", "/things/7");
        if (type == ProblemType.PARAMETER) {
            example.put("errors", errors("parameter", "limit", "range", "must be a whole number from 1 to 1000"));
        } else if (type == ProblemType.VALIDATION) {
            example.put("errors", errors("pointer", "#/title", "size", "must have 1 to 200 characters"));
        } else if (type.status >= 500) {
            example.put("requestId", "1f0c9a52c3d84f8b");
        }
        return example;
    }

    private static List<?> errors(String kind, String place, String code, String detail) {
        var error = new LinkedHashMap<String, Object>(); // ordered: the document of two builds should be the same
        error.put(kind, place);
        error.put("code", code);
        error.put("detail", detail);
        return List.of(error);
    }
}
