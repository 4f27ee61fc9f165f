package dev.byline.platform.entity;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import dev.byline.platform.bulk.ServerValues;
import dev.byline.platform.rest.Preconditions;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The members of a row that only the server sets. They are ignored, so that a client may send back what it has
/// received; but a `version` must be that of the row ({@link Preconditions}), and an import may keep those of its
/// rows ({@link ServerValues}). Every other unknown member is refused.
@Singleton
public class ServerMembers extends DeserializationProblemHandler implements ObjectMapperCustomizer {

    private static final Set<String> OF_ALL = Set.of("id", "createdAt", "updatedAt", Preconditions.MEMBER);

    private final Instance<EntityResource<?, ?, ?>> resources;

    /// Of each input. An import asks for each of its rows.
    private final Map<Class<?>, Set<String>> embeddable = new ConcurrentHashMap<>();

    ServerMembers(Instance<EntityResource<?, ?, ?>> resources) {
        this.resources = resources;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.addHandler(this);
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context, JsonParser parser, JsonDeserializer<?> reader, Object row, String name)
            throws IOException {
        var input = reader.handledType();
        boolean isServers = EntityInput.class.isAssignableFrom(input)
                && (OF_ALL.contains(name) || embeddable(input).contains(name));
        if (isServers
                && OF_ALL.contains(name)
                && context.getAttribute(ServerValues.Sent.class) instanceof ServerValues.Sent sent) {
            sent.put(name, context.readTree(parser));
        } else if (isServers) {
            parser.skipChildren();
        }
        return isServers;
    }

    private Set<String> embeddable(Class<?> input) {
        return embeddable.computeIfAbsent(input, type -> resources.stream()
                .filter(resource -> resource.input() == type)
                .flatMap(resource -> resource.embeddable().stream())
                .collect(toUnmodifiableSet()));
    }
}
