package dev.byline.http;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;

/// Which methods each path takes. Quarkus REST knows, but tells neither with a 405 nor, path by path, with OPTIONS;
/// RFC 9110 wants it in `Allow`.
@Singleton
public class Routes {

    private record Route(PathSegments template, String method) {}

    private final List<Route> routes = new ArrayList<>();

    void read(@Observes StartupEvent start) {
        for (var resource : ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()) {
            Arrays.stream(resource.value.handlers)
                    .filter(ClassRoutingHandler.class::isInstance)
                    .forEach(handler -> ((ClassRoutingHandler) handler)
                            .getMappers()
                            .forEach((method, mapper) -> mapper.getTemplates()
                                    .forEach(path ->
                                            add(method, resource.template.template + "/" + path.template.template))));
        }
    }

    private void add(String method, String path) {
        // The entry without a method stands for every method of the resource, and HEAD goes where GET goes.
        if (method == null) {
            return;
        }
        var template = PathSegments.of(path);
        routes.add(new Route(template, method));
        if (method.equals("GET")) {
            routes.add(new Route(template, "HEAD"));
        }
    }

    /// Whether this is the template of a route, as `/users/{id}`.
    boolean isRoute(String template) {
        return routes.stream().anyMatch(route -> route.template.toString().equals(template));
    }

    /// The methods that the path takes, sorted, with OPTIONS; none where there is no such route.
    public SortedSet<String> allowed(String path) {
        var segments = PathSegments.of(path);
        var methods = routes.stream()
                .filter(route -> route.template.fit(segments))
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    /// Whether a GET of this path reads a list.
    boolean isList(String path) {
        var segments = PathSegments.of(path);
        return routes.stream()
                .anyMatch(route -> route.method.equals("GET")
                        && !route.template.endWithVariable()
                        && route.template.fit(segments));
    }
}
