package dev.byline.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a resource of rows: they are shown to whom the deployment says, and a token with this scope may create, replace,
/// change and delete single rows, as far as they are its person's own. Many rows at once are an admin's.
///
/// What has neither this nor `@PermitAll`, which lets everybody read, is an admin's altogether.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WriteScope {

    String value();
}
