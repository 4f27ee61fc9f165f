package dev.byline.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// For a resource below that of the {@link Owners}: the id in its path is the owner of its rows. Owners may import
/// many rows there. Elsewhere only an admin may.
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OwnerInPath {}
