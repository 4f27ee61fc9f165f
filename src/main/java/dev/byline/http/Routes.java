package dev.byline.http;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;

/// Which methods each path takes. Quarkus REST knows, but tells neither with a 405 nor, path by path, with OPTIONS;
/// RFC 9110 wants it in `Allow`.
@Singleton
public class Routes {

    private record Route(Pattern path, String method) {}

    private final List<Route> routes = new ArrayList<>();

    void read(@Observes StartupEvent start) {
        for (var resource : ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()) {
            Arrays.stream(resource.value.handlers)
                    .filter(ClassRoutingHandler.class::isInstance)
                    .forEach(handler -> ((ClassRoutingHandler) handler)
                            .getMappers()
                            .forEach((method, mapper) -> mapper.getTemplates()
                                    .forEach(path -> add(method, resource.template, path.template))));
        }
    }

    private void add(String method, URITemplate resource, URITemplate path) {
        // The entry without a method stands for every method of the resource, and HEAD goes where GET goes.
        if (method == null) {
            return;
        }
        var pattern = Pattern.compile((resource.template + "/" + path.template)
                .replaceAll("/+", "/")
                .replaceAll("/$", "")
                .replaceAll("\\{[^}]*}", "[^/]+"));
        routes.add(new Route(pattern, method));
        if (method.equals("GET")) {
            routes.add(new Route(pattern, "HEAD"));
        }
    }

    /// The methods that the path takes, as the value of `Allow`: sorted, with OPTIONS.
    public String allowed(String path) {
        var methods = routes.stream()
                .filter(route -> route.path.matcher(path.replaceAll("/+$", "")).matches())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
