package dev.byline.platform.server;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.common.util.ServerMediaType;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/// Finds the resource method of a request before Quarkus REST calls it, with Quarkus REST's own tables: what is decided
/// by the path on the way is decided by the same match, however the path is spelled. It tells the methods of a path,
/// too, which Quarkus REST knows but does not say in `Allow`.
@Singleton
public class Routes {

    private final Set<String> names = new TreeSet<>();
    private final Map<RuntimeResource, Route.Method> methods = new IdentityHashMap<>();
    private RequestMapper<InitialMatch> resources;
    private String prefix;

    void read(@Observes StartupEvent start) {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        prefix = deployment.getPrefix();
        resources = new RequestMapper<>(deployment.getClassMappers());
        for (var resource : resources.getTemplates()) {
            routing(resource.value).forEach(handler -> handler.getMappers()
                    .forEach((method, paths) -> paths.getTemplates().forEach(path -> {
                        methods.put(path.value, method(path.value));
                        if (method != null) { // that entry stands for every method of the resource
                            names.add(method);
                        }
                    })));
        }
    }

    private static Stream<ClassRoutingHandler> routing(InitialMatch resource) {
        return Arrays.stream(resource.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .map(ClassRoutingHandler.class::cast);
    }

    /// Whether this is the template of a route, as `/things/{id}`.
    boolean isRoute(String template) {
        return methods.values().stream().anyMatch(method -> method.template().equals(template));
    }

    /// The classes that have resource methods.
    public Set<Class<?>> resources() {
        return methods.values().stream().map(Route.Method::resource).collect(Collectors.toSet());
    }

    /// The method that answers the request. HEAD goes where GET goes, and so does OPTIONS, which asks about the path.
    ///
    /// @return empty where there is none, or where it is no method of a resource
    public Optional<Route> of(RoutingContext request) {
        Optional<Route> known = request.get(Route.KEY);
        if (known == null) {
            var method = request.request().method().name();
            known = find(path(request), method.equals("HEAD") || method.equals("OPTIONS") ? "GET" : method);
            request.put(Route.KEY, known);
        }
        return known;
    }

    /// The methods that the request's path takes, sorted, with OPTIONS; none where there is no such route.
    public SortedSet<String> allowed(RoutingContext request) {
        var path = path(request);
        var allowed = names.stream()
                .filter(method -> find(path, method).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }

    /// The path as Quarkus REST reads it: normalized by Vert.x, without matrix parameters and a slash at its end.
    private String path(RoutingContext request) {
        var path = request.normalizedPath();
        var own = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        var plain = own.indexOf(';') < 0 ? own : withoutMatrixParameters(own);
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String withoutMatrixParameters(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';')))
                .collect(Collectors.joining("/"));
    }

    private Optional<Route> find(String path, String method) {
        for (var resource = resources.map(path);
                resource != null;
                resource = resources.continueMatching(path, resource)) {
            var route = find(path, resource, method);
            if (route.isPresent()) {
                return route;
            }
        }
        return Optional.empty();
    }

    private Optional<Route> find(String path, RequestMatch<InitialMatch> resource, String method) {
        var rest = resource.remaining.isEmpty() ? "/" : resource.remaining;
        return routing(resource.value)
                .map(handler -> handler.getMappers().get(method))
                .filter(Objects::nonNull)
                .map(paths -> paths.map(rest))
                .filter(Objects::nonNull)
                .findFirst()
                .map(match -> new Route(
                        prefix + path,
                        methods.get(match.value),
                        Stream.of(resource.pathParamValues, match.pathParamValues)
                                .flatMap(Arrays::stream)
                                .filter(Objects::nonNull)
                                .toList()));
    }

    private static Route.Method method(RuntimeResource method) {
        return new Route.Method(
                template(method),
                method.getResourceClass(),
                types(method.getConsumes()),
                produced(method.getProduces()));
    }

    private static String template(RuntimeResource method) {
        var inClass = method.getPath().template;
        return method.getClassPath().template + (inClass.equals("/") ? "" : inClass);
    }

    private static List<String> produced(ServerMediaType produced) {
        return produced == null ? List.of() : types(Arrays.asList(produced.getSortedOriginalMediaTypes()));
    }

    private static List<String> types(List<MediaType> types) {
        return types.stream()
                .map(type -> type.getType() + "/" + type.getSubtype())
                .toList();
    }
}
