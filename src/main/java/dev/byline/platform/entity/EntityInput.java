package dev.byline.platform.entity;

import dev.byline.platform.persistence.BaseEntity;

/// What a client sends for a row, with the limits of its values. A client may also send back the members that only
/// the server sets; they are ignored ({@link ServerMembers}).
public interface EntityInput<E extends BaseEntity> {

    /// @return the row, with these values
    E writeTo(E row);
}
