package dev.byline.platform.framework;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.common.util.ServerMediaType;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/// The tables in which Quarkus REST finds the method of a request. This class can be removed when Quarkus REST
/// gives the match before it reads the body, and lists the methods of a path in `Allow`.
public final class ResourceTables {

    /// @param variables the values of the template's variables in the path, in their order
    public record Match(ResourceMethod method, List<String> variables) {}

    private final String prefix;
    private final RequestMapper<InitialMatch> resources;
    private final Set<String> names = new TreeSet<>();
    private final Map<RuntimeResource, ResourceMethod> methods = new IdentityHashMap<>();

    /// The tables of the methods of each path that resources declare.
    private final Map<InitialMatch, List<Map<String, RequestMapper<RuntimeResource>>>> ofResources =
            new IdentityHashMap<>();

    /// To be created after Quarkus has started.
    public ResourceTables() {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        prefix = deployment.getPrefix();
        resources = new RequestMapper<>(deployment.getClassMappers());
        for (var resource : resources.getTemplates()) {
            var mappers = mappers(resource.value);
            ofResources.put(resource.value, mappers);
            mappers.forEach(byName ->
                    byName.forEach((name, paths) -> paths.getTemplates().forEach(path -> {
                        methods.put(path.value, method(path.value));
                        if (name != null) { // the entry without a name is for every method of the resource
                            names.add(name);
                        }
                    })));
        }
    }

    private static List<Map<String, RequestMapper<RuntimeResource>>> mappers(InitialMatch resource) {
        return Arrays.stream(resource.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .map(handler -> ((ClassRoutingHandler) handler).getMappers())
                .toList();
    }

    private static ResourceMethod method(RuntimeResource method) {
        return new ResourceMethod(
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

    public String prefix() {
        return prefix;
    }

    /// The names of the HTTP methods that resources have.
    public Set<String> names() {
        return names;
    }

    public Collection<ResourceMethod> methods() {
        return methods.values();
    }

    /// @param path without the prefix
    /// @param name of the HTTP method
    public Optional<Match> find(String path, String name) {
        for (var resource = resources.map(path);
                resource != null;
                resource = resources.continueMatching(path, resource)) {
            var match = find(resource, name);
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    private Optional<Match> find(RequestMatch<InitialMatch> resource, String name) {
        var rest = resource.remaining.isEmpty() ? "/" : resource.remaining;
        for (var byName : ofResources.get(resource.value)) {
            var paths = byName.get(name);
            var match = paths == null ? null : paths.map(rest);
            if (match != null) {
                return Optional.of(new Match(methods.get(match.value), variables(resource, match)));
            }
        }
        return Optional.empty();
    }

    private static List<String> variables(RequestMatch<?>... matches) {
        var variables = new ArrayList<String>();
        for (var match : matches) {
            for (var value : match.pathParamValues) {
                if (value != null) {
                    variables.add(value);
                }
            }
        }
        return variables;
    }
}
