package dev.byline.platform.entity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import dev.byline.platform.rest.Preconditions;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;

/// The members of a row that only the server sets. They are ignored, so that a client may send back what it has
/// received; but a `version` must be that of the row ({@link Preconditions}). Every other unknown member is
/// refused.
@Singleton
public class ServerMembers extends DeserializationProblemHandler implements ObjectMapperCustomizer {

    private static final Set<String> OF_ALL = Set.of("id", "createdAt", "updatedAt", Preconditions.MEMBER);

    private final Instance<EntityResource<?, ?, ?>> resources;

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
        boolean isServers =
                EntityInput.class.isAssignableFrom(input) && (OF_ALL.contains(name) || isEmbeddable(name, input));
        if (isServers) {
            parser.skipChildren();
        }
        return isServers;
    }

    private boolean isEmbeddable(String name, Class<?> input) {
        return resources.stream()
                .anyMatch(resource ->
                        resource.input() == input && resource.embeddable().contains(name));
    }
}
