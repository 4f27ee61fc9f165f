package dev.byline.platform.server;

import dev.byline.platform.framework.ResourceMethod;
import dev.byline.platform.framework.ResourceTables;
import dev.byline.platform.framework.ResourceTables.Match;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds the resource method of a request before Quarkus REST calls it. It uses the routing tables of Quarkus
/// REST, so filters and Quarkus REST make the same match, however the path is spelled. It also finds the methods
/// of a path, which Quarkus REST knows but does not send in `Allow`.
@Singleton
public class Routes {

    private ResourceTables tables;

    void read(@Observes StartupEvent start) {
        tables = new ResourceTables();
    }

    /// Whether this is the template of a route, such as `/things/{id}`.
    boolean isRoute(String template) {
        // Metrics ask before the start has ended, too.
        return tables != null
                && tables.methods().stream()
                        .anyMatch(method -> method.template().equals(template));
    }

    /// The classes that have resource methods.
    public Set<Class<?>> resources() {
        return tables.methods().stream().map(ResourceMethod::resource).collect(Collectors.toSet());
    }

    /// The method that answers the request. HEAD and OPTIONS are looked up as GET.
    ///
    /// @return empty if there is none, or if something other than a resource answers
    public Optional<Route> of(RoutingContext request) {
        Optional<Route> known = request.get(Route.KEY);
        if (known == null) {
            var method = request.request().method().name();
            var path = path(request);
            known = tables.find(path, method.equals("HEAD") || method.equals("OPTIONS") ? "GET" : method)
                    .map(match -> new Route(tables.prefix() + path, match.method(), match.variables()));
            request.put(Route.KEY, known);
        }
        return known;
    }

    /// The methods that the request's path accepts, sorted, with OPTIONS. Empty if there is no such route.
    public SortedSet<String> allowed(RoutingContext request) {
        var path = path(request);
        var matches = new TreeMap<String, Match>();
        tables.names().forEach(method -> tables.find(path, method).ifPresent(match -> matches.put(method, match)));
        // /things/import is not a row of /things/{id}: the template with the fewest variables counts.
        int fewest = matches.values().stream()
                .mapToInt(match -> match.variables().size())
                .min()
                .orElse(0);
        matches.values().removeIf(match -> match.variables().size() > fewest);
        var allowed = new TreeSet<>(matches.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }

    /// The path as Quarkus REST reads it: normalized by Vert.x, without matrix parameters or a trailing slash.
    private String path(RoutingContext request) {
        var path = request.normalizedPath();
        var own = path.startsWith(tables.prefix())
                ? path.substring(tables.prefix().length())
                : path;
        var plain = own.indexOf(';') < 0 ? own : withoutMatrixParameters(own);
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String withoutMatrixParameters(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';')))
                .collect(Collectors.joining("/"));
    }
}
