package dev.byline.platform.framework;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    /// To be created after Quarkus has started.
    public ResourceTables() {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        prefix = deployment.getPrefix();
        resources = new RequestMapper<>(deployment.getClassMappers());
        for (var resource : resources.getTemplates()) {
            routing(resource.value).forEach(handler -> handler.getMappers()
                    .forEach((name, paths) -> paths.getTemplates().forEach(path -> {
                        methods.put(path.value, method(path.value));
                        if (name != null) { // the entry without a name is for every method of the resource
                            names.add(name);
                        }
                    })));
        }
    }

    private static Stream<ClassRoutingHandler> routing(InitialMatch resource) {
        return Arrays.stream(resource.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .map(ClassRoutingHandler.class::cast);
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
        return routing(resource.value)
                .map(handler -> handler.getMappers().get(name))
                .filter(Objects::nonNull)
                .map(paths -> paths.map(rest))
                .filter(Objects::nonNull)
                .findFirst()
                .map(match -> new Match(
                        methods.get(match.value),
                        Stream.of(resource.pathParamValues, match.pathParamValues)
                                .flatMap(Arrays::stream)
                                .filter(Objects::nonNull)
                                .toList()));
    }
}
