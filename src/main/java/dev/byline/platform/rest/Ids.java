package dev.byline.platform.rest;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/// Reads the ids in paths. Each id has one valid spelling, so that a row has only one URI for caches, logs and
/// access rules.
@Provider
public class Ids implements ParamConverterProvider {

    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return type == long.class || type == Long.class ? (ParamConverter<T>) new Id() : null;
    }

    private static final class Id implements ParamConverter<Long> {

        /// @throws NotFoundException also for `01`, `+1` and digits that are not ASCII
        @Override
        public Long fromString(String text) {
            try {
                long id = Long.parseLong(text);
                if (Long.toString(id).equals(text)) {
                    return id;
                }
            } catch (NumberFormatException noNumber) {
                // refused below
            }
            throw new NotFoundException();
        }

        @Override
        public String toString(Long id) {
            return id.toString();
        }
    }
}
