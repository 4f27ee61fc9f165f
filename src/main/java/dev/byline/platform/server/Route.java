package dev.byline.platform.server;

import dev.byline.platform.framework.ResourceMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/// The resource method of a request, as Quarkus REST finds it.
///
/// @param path of the request in its canonical form, without what a client may add to it
/// @param method the resource method, the same for all its requests
/// @param variables the values of the template's variables in the request's path, in their order
public record Route(String path, ResourceMethod method, List<String> variables) {

    static final String KEY = Route.class.getName();

    /// The route of a request, which {@link RequestFilter} has found. Empty if something other than a resource answers.
    public static Optional<Route> of(RoutingContext request) {
        return request.get(KEY);
    }

    public Class<?> resource() {
        return method.resource();
    }

    public List<String> consumes() {
        return method.consumes();
    }

    /// Whether a GET reads a list.
    public boolean isList() {
        return !method.template().endsWith("}");
    }
}
