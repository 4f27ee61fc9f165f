package dev.byline.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;

/// Adds to every operation what all operations of its HTTP method share: statuses, headers, problems. The parts
/// are in `META-INF/openapi.yaml`, so that the resources need not repeat them.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {

    private static final Set<String> WITHOUT_ROWS = Set.of("problems", "security");

    private final IndexView index;
    private final EntityPaths entities;

    public ContractFilter(IndexView index) {
        this.index = index;
        this.entities = new EntityPaths(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents().getResponses().forEach(ContractFilter::completeShared);
        ProblemSchemas.describe(api);
        var schemas = new EntitySchemas(index, entities, api);
        schemas.describe();
        var operations = new EntityOperations(entities, schemas);
        api.getPaths().getPathItems().forEach((path, item) -> {
            entities.of(path).ifPresent(entity -> {
                operations.describe(entity, path, item);
                if (item.getPATCH() != null) {
                    MergePatchSchemas.describe(api, entity, item);
                }
            });
            complete(path, item);
        });
    }

    private static void completeShared(String status, APIResponse response) {
        if (!status.equals("304")) {
            response.setContent(ProblemSchemas.content(Integer.parseInt(status)));
        }
        switch (status) {
            case "401", "403" -> addHeaders(response, "WWW-Authenticate");
            case "304" -> addHeaders(response, "ETag", "Vary", "X-Total-Count", "Preference-Applied");
            case "412" -> addHeaders(response, "ETag");
            case "426" -> addHeaders(response, "Upgrade");
            case "415" -> addHeaders(response, "Accept-Encoding", "Accept-Patch");
            case "409", "429", "503" -> addHeaders(response, "Retry-After");
            default -> {}
        }
    }

    private static void complete(String path, PathItem item) {
        boolean isRow = item.getPUT() != null;
        item.getOperations().forEach((method, operation) -> {
            switch (method) {
                case GET -> {
                    if (Collections.disjoint(operation.getTags(), WITHOUT_ROWS)) {
                        conditional(operation, "Consistency-Token");
                    } else {
                        operation.setSecurity(List.of());
                    }
                    if (item.getPOST() != null) {
                        addHeaders(ok(operation), "Link", "ETag", "Vary", "X-Total-Count", "Preference-Applied");
                        refer(operation, "426");
                    }
                    if (isRow) {
                        addHeaders(ok(operation), "ETag");
                    }
                    conditional(operation, "If-Match", "If-None-Match");
                    refer(operation, "304", "412");
                }
                case POST -> {
                    if (operation.getResponses().hasAPIResponse("201")) {
                        addHeaders(operation.getResponses().getAPIResponse("201"), "Location", "ETag");
                    }
                    write(operation);
                    refer(operation, "408", "409", "413", "415", "422");
                }
                case PUT, PATCH -> {
                    if (isRow) {
                        addHeaders(ok(operation), "ETag");
                        writeRow(operation);
                    }
                    write(operation);
                    refer(operation, "408", "409", "413", "415", "422");
                }
                case DELETE -> {
                    if (isRow) {
                        writeRow(operation);
                    }
                    write(operation);
                    refer(operation, "409", "422");
                }
                default -> {}
            }
            if (path.contains("{") || path.startsWith("/.well-known/")) {
                refer(operation, "404");
            }
            refer(operation, "400", "401", "406", "429", "500", "503");
        });
    }

    private static APIResponse ok(Operation operation) {
        return operation.getResponses().getAPIResponse("200");
    }

    private static void writeRow(Operation operation) {
        conditional(operation, "If-Match", "If-None-Match");
        refer(operation, "412", "428");
    }

    /// A write takes preferences.
    private static void write(Operation operation) {
        refer(operation, "403");
        operation
                .addParameter(OASFactory.createParameter().ref("Idempotency-Key"))
                .addParameter(OASFactory.createParameter().ref("Prefer"));
        operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getRef() == null)
                .forEach(response ->
                        addHeaders(response, "Preference-Applied", "Idempotency-Replayed", "Consistency-Token"));
    }

    private static void conditional(Operation operation, String... headers) {
        for (var header : headers) {
            operation.addParameter(OASFactory.createParameter().ref(header));
        }
    }

    private static void refer(Operation operation, String... statuses) {
        for (var status : statuses) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().ref(status));
        }
    }

    private static void addHeaders(APIResponse response, String... names) {
        for (var name : names) {
            response.addHeader(name, OASFactory.createHeader().ref(name));
        }
    }
}
