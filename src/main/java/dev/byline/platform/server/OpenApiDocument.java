package dev.byline.platform.server;

import static dev.byline.platform.problem.ProblemType.METHOD_NOT_ALLOWED;

import dev.byline.platform.framework.GeneratedOpenApi;
import dev.byline.platform.http.MediaTypes;
import dev.byline.platform.problem.ProblemException;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/// Serves the OpenAPI document that the build has written.
@Singleton
public class OpenApiDocument {

    private static final String PATH = "/q/openapi";
    /// After the filters, whose orders are far lower, and before the route of Quarkus.
    private static final int BEFORE_QUARKUS = -1;

    private Buffer json;
    private Buffer yaml;

    void install(@Observes Router router) throws IOException {
        json = GeneratedOpenApi.read(Format.JSON);
        yaml = GeneratedOpenApi.read(Format.YAML);
        for (var suffix : List.of("", ".json", ".yaml", ".yml")) {
            router.route(PATH + suffix).order(BEFORE_QUARKUS).handler(this::answer);
        }
    }

    private void answer(RoutingContext context) {
        var request = context.request();
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            var refusal = new ProblemException(METHOD_NOT_ALLOWED, request.path() + " takes GET, HEAD");
            ProblemResponse.send(context, refusal.with("Allow", "GET, HEAD"));
            return;
        }
        boolean isJson = isJson(request);
        var type = (isJson ? Format.JSON : Format.YAML).getMimeType() + ";charset=UTF-8";
        var response = context.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT); // added to the values that CORS has set
        response.end(isJson ? json : yaml);
    }

    /// The path decides, else the client's request. The default is YAML.
    private static boolean isJson(HttpServerRequest request) {
        var path = request.path();
        if (path.startsWith(PATH + ".")) {
            return path.endsWith(".json");
        }
        var types = List.of(Format.YAML.getMimeType(), Format.JSON.getMimeType());
        var accept = String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
        return "json".equalsIgnoreCase(request.getParam("format"))
                || MediaTypes.preferred(accept, types)
                        .filter(Format.JSON.getMimeType()::equals)
                        .isPresent();
    }
}
