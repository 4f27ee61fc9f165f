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
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;

/// Adds to every operation what all operations of its HTTP method share: statuses, headers, problems. The parts
/// are in `META-INF/openapi.yaml`, so that the resources need not repeat them.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ContractFilter implements OASFilter {

    private static final Set<String> WITHOUT_ROWS = Set.of("problems", "security");

    private final EntityPaths entities;

    public ContractFilter(IndexView index) {
        this.entities = EntityPaths.of(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents().getResponses().forEach(ContractFilter::completeShared);
        ProblemSchemas.describe(api);
        var schemas = new EntitySchemas(entities, api.getComponents());
        schemas.describe();
        var operations = new EntityOperations(entities, schemas);
        api.getPaths().getPathItems().forEach((path, item) -> {
            entities.of(path).ifPresent(entity -> operations.describe(entity, path, item));
            item.getOperations().forEach((method, operation) -> complete(path, item, method, operation));
        });
    }

    private static void completeShared(String status, APIResponse response) {
        if (!status.equals("304")) {
            response.setContent(ProblemSchemas.content(Integer.parseInt(status)));
        }
        addHeaders(
                response,
                switch (status) {
                    case "401", "403" -> List.of("WWW-Authenticate");
                    case "304" -> List.of("ETag", "Vary", "X-Total-Count", "Preference-Applied");
                    case "412" -> List.of("ETag");
                    case "426" -> List.of("Upgrade");
                    case "415" -> List.of("Accept-Encoding", "Accept-Patch");
                    case "409", "429", "503" -> List.of("Retry-After");
                    default -> List.of();
                });
    }

    private static void complete(String path, PathItem item, HttpMethod method, Operation operation) {
        boolean isRow = item.getPUT() != null;
        boolean isWrite = method != HttpMethod.GET;
        boolean hasBody = isWrite && method != HttpMethod.DELETE;
        if (isRow && (!isWrite || hasBody)) {
            addHeaders(operation.getResponses().getAPIResponse("200"), List.of("ETag"));
        }
        if (isWrite) {
            completeWrite(operation, isRow);
        } else {
            completeRead(operation, item);
        }
        if (hasBody) {
            refer(operation, "408", "413", "415");
        }
        if (path.contains("{") || path.startsWith("/.well-known/")) {
            refer(operation, "404");
        }
        refer(operation, "400", "401", "406", "429", "500", "503");
    }

    private static void completeRead(Operation operation, PathItem item) {
        if (Collections.disjoint(operation.getTags(), WITHOUT_ROWS)) {
            addParameters(operation, "Consistency-Token");
        } else {
            operation.setSecurity(List.of());
        }
        if (item.getPOST() != null) {
            addHeaders(
                    operation.getResponses().getAPIResponse("200"),
                    List.of("Link", "ETag", "Vary", "X-Total-Count", "Preference-Applied"));
            refer(operation, "426");
        }
        addParameters(operation, "If-Match", "If-None-Match");
        refer(operation, "304", "412");
    }

    private static void completeWrite(Operation operation, boolean isRow) {
        var created = operation.getResponses().getAPIResponse("201");
        if (created != null) {
            addHeaders(created, List.of("Location", "ETag"));
        }
        if (isRow) {
            addParameters(operation, "If-Match", "If-None-Match");
            refer(operation, "412", "428");
        }
        addParameters(operation, "Idempotency-Key", "Prefer");
        operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getRef() == null)
                .forEach(response -> addHeaders(
                        response, List.of("Preference-Applied", "Idempotency-Replayed", "Consistency-Token")));
        refer(operation, "403", "409", "422");
    }

    private static void addParameters(Operation operation, String... names) {
        for (var name : names) {
            operation.addParameter(OASFactory.createParameter().ref(name));
        }
    }

    private static void refer(Operation operation, String... statuses) {
        for (var status : statuses) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().ref(status));
        }
    }

    private static void addHeaders(APIResponse response, List<String> names) {
        names.forEach(name -> response.addHeader(name, OASFactory.createHeader().ref(name)));
    }
}
