package dev.byline.platform.server;

import dev.byline.platform.framework.ResourceMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/// The resource method that a request is for, as Quarkus REST finds it.
///
/// @param path of the request, in the one way that it is written here: without what a client may add to it
/// @param method what is the same for all of its requests
/// @param variables what stands in the request's path for the variables of the template, in their order
public record Route(String path, ResourceMethod method, List<String> variables) {

    static final String KEY = Route.class.getName();

    /// The one of a request that a resource method has got.
    public static Route of(RoutingContext request) {
        Optional<Route> found = request.get(KEY);
        return found.orElseThrow();
    }

    public Class<?> resource() {
        return method.resource();
    }

    public List<String> consumes() {
        return method.consumes();
    }

    List<String> produces() {
        return method.produces();
    }

    /// Whether a GET of it reads a list.
    public boolean isList() {
        return !method.template().endsWith("}");
    }
}
