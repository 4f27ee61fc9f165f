package dev.byline.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// For a resource of rows. The deployment decides who may read them. A token with this scope may create, replace,
/// change and delete single rows of its own person. Only an admin may write many rows at once, but see
/// {@link OwnerInPath}.
///
/// `@PermitAll` lets everybody read. A resource with neither annotation is for admins only, reads included.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WriteScope {

    String value();
}
