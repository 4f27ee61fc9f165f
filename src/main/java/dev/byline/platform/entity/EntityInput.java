package dev.byline.platform.entity;

import dev.byline.platform.persistence.BaseEntity;

/// What a client says of a row, with the limits of its values. Members that are the server's may come back with it and
/// are ignored ({@link ServerMembers}).
public interface EntityInput<E extends BaseEntity> {

    /// @return the row, with these values
    E writeTo(E row);
}
